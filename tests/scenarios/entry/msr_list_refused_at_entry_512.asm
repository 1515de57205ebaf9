; SDM vol. 3, "Loading MSRs".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

%define ENTRIES         512

scenario "VM entry that fails at the last of 512 MSRs tells its number"

        rule    first_bad_msr_is_the_qualification
        rule_in_part entry_msr_fs_base
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=---, size=2 * PAGE_SIZE
        vmcs    ENTRY_MSR_LOAD_ADDRESS, page=LIST
        vmcs    ENTRY_MSR_LOAD_COUNT, value=ENTRIES - 1
        twist   vmcs ENTRY_MSR_LOAD_COUNT, value=ENTRIES

        expect  msr_loading, msr_entry=ENTRIES, EXIT_REASON=0x80000022, rip=never
        finish

guest CODE

never:  hlt

contents LIST
%rep ENTRIES - 1
        dd      IA32_KERNEL_GS_BASE, 0
        dq      0
%endrep
        dd      IA32_FS_BASE, 0                 ; which no list may have
        dq      0
