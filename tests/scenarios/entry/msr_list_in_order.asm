; SDM vol. 3, "Loading MSRs".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

scenario "VM entry loads the MSRs of the list in their order"

        rule    msrs_are_loaded_in_order
        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=---
        open_msrs
        vmcs    ENTRY_MSR_LOAD_ADDRESS, page=LIST
        twist   vmcs ENTRY_MSR_LOAD_COUNT, value=3
        untwisted vmcs ENTRY_MSR_LOAD_COUNT, value=2

        expect  vmcall, r8=0x3333000
        otherwise vmcall, r8=0x2222000
        finish

guest CODE

        read_msr r8, IA32_KERNEL_GS_BASE
        vmcall

contents LIST
%assign value 0x1111000
%rep 3
        dd      IA32_KERNEL_GS_BASE, 0
        dq      value
%assign value value + 0x1111000
%endrep
