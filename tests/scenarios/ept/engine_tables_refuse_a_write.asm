; The guest paging structures that all guests share can be read, but nobody can write to them, even
; through tables of the guest's own.
; SDM vol. 3, "EPT Violations".

%include "scenario.inc"
%include "guest.inc"

scenario "a guest that maps the engine's paging structures reads them, and cannot write to them"

        page    CODE, at=0x1000, access=r-x
        own_paging

        expect  ept_violation, gpa=ENGINE_START, gla=HIGH, access=write, allowed=r--, rip=store
        resume  at=locked
        expect  ept_violation, gpa=ENGINE_START + 8, gla=HIGH + 8, access=write|read?, allowed=r--, \
                rip=locked
        resume  at=load
        expect  vmcall, rax=ENGINE_PDPT | LEAF
        finish

guest CODE

        mov     rbx, HIGH
store:  mov     qword [rbx], 0
locked: lock inc qword [rbx + 8]
load:   mov     rax, [rbx]
        vmcall

        map_high pte=ENGINE_START + LEAF
