; The guest reads the bits that the mask owns from the shadow, the others from the register itself.
; SDM vol. 3, "Guest/Host Masks and Read Shadows for CR0 and CR4".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "the guest reads CR4 from the read shadow where the host owns the bit"

        rule    mov_to_cr_exits, masks_and_shadows
        page    CODE, at=0x1000, access=r-x
        twist   vmcs CR4_GUEST_HOST_MASK, value=~CR4_PAE
        untwisted vmcs CR4_GUEST_HOST_MASK, value=0
        vmcs    CR4_READ_SHADOW, value=0x1c0000

        expect  vmcall, rax=0x1c0000 | CR4_PAE
        otherwise vmcall, rax=CR4_VMXE|CR4_PAE|CR4_MCE?
        finish

guest CODE

        mov     rax, cr4
        vmcall
