; In user mode the read-only page is read-only whatever CR0.WP is.
; SDM vol. 3, "Determination of Access Rights" (user-mode data writes).

%include "scenario.inc"
%include "guest.inc"

scenario "user mode's write to a page that the guest makes read-only is a page fault before EPT's"

        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=r--
        own_paging
        user_mode
        vmcs    GUEST_CR0, clear=CR0_WP

        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT | PF_WRITE | PF_USER, \
                qualification=HIGH, rip=store
        finish

guest CODE

        mov     rbx, HIGH
store:  mov     [rbx], rax
        vmcall

        map_high pte=DATA + LEAF - WRITABLE
