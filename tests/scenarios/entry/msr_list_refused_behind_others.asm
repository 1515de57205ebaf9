; No VM exit loads this MSR, so that the guest which is entered next finds what the list has loaded.
; SDM vol. 3, "Loading MSRs"; "VM-Entry Failures During or After Loading Guest State".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

scenario "VM entry has loaded the MSRs that stand before the one it fails at, and none behind it"

        rule    msrs_before_the_bad_one_are_loaded
        rule_in_part entry_msr_fs_base
        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=---
        open_msrs
        vmcs    ENTRY_MSR_LOAD_ADDRESS, page=LIST
        vmcs    ENTRY_MSR_LOAD_COUNT, value=1
        twist   vmcs ENTRY_MSR_LOAD_COUNT, value=4

        expect  msr_loading, msr_entry=3, rip=start
        otherwise vmcall, r8=0x1111000, r9=0
        vmcs    ENTRY_MSR_LOAD_COUNT, value=0
        resume
        expect  vmcall, r8=0x1111000, r9=0x2222
        finish

guest CODE

start:  read_msr r8, IA32_KERNEL_GS_BASE
        read_msr r9, IA32_STAR
        vmcall

contents LIST
        dd      IA32_KERNEL_GS_BASE, 0
        dq      0x1111000
        dd      IA32_STAR, 0
        dq      0x2222
        dd      IA32_FS_BASE, 0                 ; which no list may have
        dq      0
        dd      IA32_STAR, 0
        dq      0x4444
