; SDM vol. 3, "Determination of Access Rights" (supervisor-mode data writes).

%include "scenario.inc"
%include "guest.inc"

scenario "a supervisor's write to the guest's read-only page reaches EPT unless CR0.WP is 1"

        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=---
        own_paging
        vmcs    GUEST_CR0, set=CR0_WP

        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT | PF_WRITE, \
                qualification=HIGH+8, rip=store
        vmcs    GUEST_CR0, clear=CR0_WP
        resume
        expect  ept_violation, gpa=DATA+8, gla=HIGH+8, access=write, allowed=---, walk=0, rip=store
        finish

guest CODE

        mov     rbx, HIGH
store:  mov     [rbx + 8], rax
        vmcall

        map_high pte=DATA + LEAF - WRITABLE
