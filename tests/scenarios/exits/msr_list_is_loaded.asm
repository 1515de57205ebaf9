; No VM entry loads this MSR, so that the guest which is entered next finds what the host has.
; SDM vol. 3, "Loading MSRs" of VM exits.

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

scenario "a VM exit loads the MSRs of its list in their order, and no more than it is long"

        rule    exit_msr_list_loads
        rule_in_part msr_lists_used
        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=---
        open_msrs
        vmcs    EXIT_MSR_LOAD_ADDRESS, page=LIST
        twist   vmcs EXIT_MSR_LOAD_COUNT, value=3

        expect  vmcall
        skip
        expect  vmcall, r8=0x2222000, r9=0x3333
        otherwise vmcall, r8=0x9999000, r9=0x9999
        finish

guest CODE

        write_msr IA32_KERNEL_GS_BASE, 0x9999000
        write_msr IA32_STAR, 0x9999
        vmcall
        read_msr r8, IA32_KERNEL_GS_BASE
        read_msr r9, IA32_STAR
        vmcall

contents LIST
        dd      IA32_KERNEL_GS_BASE, 0
        dq      0x1111000
        dd      IA32_STAR, 0
        dq      0x3333
        dd      IA32_KERNEL_GS_BASE, 0
        dq      0x2222000
        dd      IA32_STAR, 0
        dq      0x4444
