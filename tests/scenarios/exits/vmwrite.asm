; With VMCS shadowing and empty bitmaps it does not exit, but fails, as there is no shadow VMCS.
; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (VMWRITE: unless VMCS shadowing lets
; it pass); "VMX Instruction Reference" (VMWRITE).

%include "scenario.inc"
%include "kernel/bits.inc"

%define FAILED_INVALID (RFLAGS_FIXED | RFLAGS_CF)

scenario "VMWRITE in a guest exits"

        rule    vmwrite_exits
        rule_in_part vmwrite_in_non_root_operation
        page    CODE, at=0x1000, access=r-x
        twist   vmcs SECONDARY_CONTROLS, clear=SECONDARY_vmcs_shadowing
        untwisted needs vmcs_shadowing
        untwisted vmcs SECONDARY_CONTROLS, set=SECONDARY_vmcs_shadowing
        untwisted page NO_EXITS, at=0x2000, access=---
        untwisted vmcs VMREAD_BITMAP_ADDRESS, page=NO_EXITS
        untwisted vmcs VMWRITE_BITMAP_ADDRESS, page=NO_EXITS

        expect  vmwrite, rip=try, length=3, rcx=0x681e, rax=7
        otherwise vmcall, rflags=FAILED_INVALID
        skip

        expect  vmcall
        finish

guest CODE

        mov     ecx, 0x681e
        mov     eax, 7
try:    vmwrite rcx, rax
        vmcall
