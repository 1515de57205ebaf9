; With VMCS shadowing and empty bitmaps it does not exit, but fails, as there is no shadow VMCS.
; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (VMREAD: unless VMCS shadowing lets
; it pass); "VMX Instruction Reference" (VMREAD); "Basic VM-Exit Information".

%include "scenario.inc"
%include "kernel/bits.inc"

%define FAILED_INVALID (RFLAGS_FIXED | RFLAGS_CF)

scenario "VMREAD in a guest exits"

        rule    vmread_exits
        rule_in_part vmread_in_non_root_operation
        page    CODE, at=0x1000, access=r-x
        twist   vmcs SECONDARY_CONTROLS, clear=SECONDARY_vmcs_shadowing
        untwisted needs vmcs_shadowing
        untwisted vmcs SECONDARY_CONTROLS, set=SECONDARY_vmcs_shadowing
        untwisted page NO_EXITS, at=0x2000, access=---
        untwisted vmcs VMREAD_BITMAP_ADDRESS, page=NO_EXITS
        untwisted vmcs VMWRITE_BITMAP_ADDRESS, page=NO_EXITS

        expect  vmread, operand=rax, field=GUEST_RIP, rip=to_register, length=3, rcx=0x681e
        otherwise vmcall, rflags=FAILED_INVALID
        set     rax, 0x1234
        skip
        expect  vmread, operand=none, base=rbx, displacement=0x20, rip=to_memory, qualification=0x20
        skip

        expect  vmcall, rax=0x1234
        finish

guest CODE

        mov     ecx, 0x681e
to_register:
        vmread  rax, rcx
        mov     ebx, 0x5000
to_memory:
        vmread  [rbx + 0x20], rcx
        vmcall
