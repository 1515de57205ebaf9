; SDM vol. 3, "VMREAD--Read Field from Virtual-Machine Control Structure".

%include "scenario.inc"
%include "guest.inc"

scenario "VMREAD that does not exit is VMfailInvalid if the link pointer is all ones"

        rule    vmcs_shadowing, vmread_in_non_root_operation
        needs   vmcs_shadowing
        page    CODE,   at=0x1000, access=r-x
        page    SHADOW, at=0x2000, access=---
        page    ZEROS,  at=0x3000, access=---
        revision SHADOW, shadow=1
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_vmcs_shadowing
        vmcs    VMREAD_BITMAP_ADDRESS,  page=ZEROS
        vmcs    VMWRITE_BITMAP_ADDRESS, page=ZEROS
        twist   vmcs VMCS_LINK_POINTER, value=-1
        untwisted vmcs VMCS_LINK_POINTER, page=SHADOW

        expect  vmcall, rflags=RFLAGS_FIXED | 1, rbx=5
        otherwise vmcall, rflags=RFLAGS_FIXED, rbx=0
        finish

guest CODE

        mov     ebx, 5
        mov     eax, 0x800
        vmread  rbx, rax
        vmcall
