; SDM vol. 3, "Determination of Access Rights"; "Page-Fault Exceptions".

%include "scenario.inc"
%include "guest.inc"

scenario "user mode's access to a supervisor page is a page fault, though EPT does not map the page"

        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=---
        own_paging
        user_mode

        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT | PF_USER, \
                qualification=HIGH, rip=load
        resume  at=store
        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT | PF_USER | PF_WRITE, \
                qualification=HIGH, rip=store
        finish

guest CODE

        mov     rbx, HIGH
load:   mov     rax, [rbx]
store:  mov     [rbx], rax
        vmcall

        map_high pde=PT + BRANCH - USER, pte=DATA + LEAF
