; SDM vol. 3, "Loading MSRs".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

%define LAST_OF_A_PAGE  0xff0

scenario "VM entry reads no further than the MSR list is long"

        rule    first_bad_msr_is_the_qualification
        rule_in_part entry_msr_fs_base
        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=---, size=2 * PAGE_SIZE
        open_msrs
        vmcs    ENTRY_MSR_LOAD_ADDRESS, page=LIST
        vmcs    ENTRY_MSR_LOAD_ADDRESS, set=LAST_OF_A_PAGE
        twist   vmcs ENTRY_MSR_LOAD_COUNT, value=1
        untwisted vmcs ENTRY_MSR_LOAD_COUNT, value=2

        expect  vmcall, r8=0x1111000
        otherwise msr_loading, msr_entry=2
        finish

guest CODE

        read_msr r8, IA32_KERNEL_GS_BASE
        vmcall

contents LIST
        times LAST_OF_A_PAGE db 0
        dd      IA32_KERNEL_GS_BASE, 0
        dq      0x1111000
        dd      IA32_FS_BASE, 0                 ; which no list may have
        dq      0
