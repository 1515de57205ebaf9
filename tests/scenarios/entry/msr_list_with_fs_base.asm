; SDM vol. 3, "Loading MSRs".

%include "scenario.inc"
%include "kernel/msr.inc"

scenario "VM entry fails at an MSR list that has IA32_FS_BASE"

        rule    entry_msr_fs_base, vmlaunch_fails_behind_the_host_state
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=---
        vmcs    ENTRY_MSR_LOAD_ADDRESS, page=LIST
        vmcs    ENTRY_MSR_LOAD_COUNT, value=1
        twist   vmcs ENTRY_MSR_LOAD_COUNT, value=2

        expect  msr_loading, msr_entry=2, rip=never
        finish

guest CODE

never:  hlt

contents LIST
        dd      IA32_KERNEL_GS_BASE, 0
        dq      0x1234000
        dd      IA32_FS_BASE, 0
        dq      0
