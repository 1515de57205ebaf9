; VMCS fields belong to neither MSR, and their values are 0 from the start.
; SDM vol. 3, "Loading MSRs".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

scenario "a guest has the MSRs that VM entry loads from the list"

        rule    msrs_reach_the_guest
        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=---
        open_msrs
        vmcs    ENTRY_MSR_LOAD_ADDRESS, page=LIST
        twist   vmcs ENTRY_MSR_LOAD_COUNT, value=2

        expect  vmcall, r8=0x1111000, r9=0x2222
        otherwise vmcall, r8=0, r9=0
        finish

guest CODE

        read_msr r8, IA32_KERNEL_GS_BASE
        read_msr r9, IA32_STAR
        vmcall

contents LIST
        dd      IA32_KERNEL_GS_BASE, 0
        dq      0x1111000
        dd      IA32_STAR, 0
        dq      0x2222
