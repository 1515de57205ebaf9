; Sub-page permissions never apply to a walk's access to the guest's tables, whatever part of the
; page it goes to.  So a walk that counts as a write is refused.
; SDM vol. 3, "Write Accesses That Are Eligible for Sub-Page Write Permissions".

%include "scenario.inc"
%include "guest.inc"

scenario "sub-page permissions do not allow what dirty flags for EPT make a write: a walk"

        needs   sub_page_write, accessed_dirty
        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=r--
        own_paging
        sub_page_table

        expect  vmcall
        remap   PML4, access=rw-
        remap   PDPT, access=rw-
        remap   PD,   access=rw-
        remap   PT,   access=r--, entry_bits=SUB_PAGE
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY
        invept
        resume  at=load

        expect  ept_violation, gpa=PT, gla=HIGH, access=write|read?, allowed=r--, walk=1, rip=load
        finish

guest CODE

        mov     rbx, HIGH
        vmcall
load:   mov     rax, [rbx]
        vmcall

        map_high pte=DATA + LEAF
contents SUB_PT
        times 8 * 0x13 db 0
        dq      MAY_BE_WRITTEN(0)
