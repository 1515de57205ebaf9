; The read needs no flag.  The write has to set one first, in a page that EPT makes read-only.
; SDM vol. 3, "Accessed and Dirty Flags"; "EPT Violations".

%include "scenario.inc"
%include "guest.inc"

scenario "setting a dirty flag in a read-only guest page table traps as a write"

        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=rw-
        own_paging

        expect  ept_violation, gpa=PT, gla=HIGH+8, access=write|read?, allowed=r--, walk=1, \
                rip=store
        holds   PT, qword=DATA + BRANCH
        holds   DATA+8, dword=0
        remap   PT, access=rw-
        resume

        expect  vmcall
        holds   PT, qword=DATA + LEAF
        holds   DATA+8, dword=0x77
        finish

guest CODE

        mov     rbx, HIGH
        mov     rax, [rbx]
store:  mov     dword [rbx + 8], 0x77
        vmcall

        map_high pte=DATA + BRANCH
