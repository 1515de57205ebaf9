; SDM vol. 3, "Guest/Host Masks and Read Shadows for CR0 and CR4".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "a bit of CR0 that the host does not own changes without an exit"

        rule    mov_to_cr_exits, masks_and_shadows
        page    CODE, at=0x1000, access=r-x
        twist   vmcs CR0_GUEST_HOST_MASK, clear=CR0_TS

        expect  vmcall, rbx=CR0_TS
        otherwise cr_access, control=0, qualification=0, rip=change
        finish

guest CODE

        mov     rax, cr0
        or      eax, CR0_TS
change: mov     cr0, rax
        mov     rbx, cr0
        and     ebx, CR0_TS
        vmcall
