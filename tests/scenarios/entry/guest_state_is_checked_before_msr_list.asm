; SDM vol. 3, "VM Entries".

%include "scenario.inc"
%include "kernel/msr.inc"

scenario "VM entry checks the guest state before it loads MSRs"

        rule    guest_state_before_msrs
        rule_in_part rflags_without_bit_1, entry_msr_fs_base
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=---
        vmcs    ENTRY_MSR_LOAD_ADDRESS, page=LIST
        vmcs    ENTRY_MSR_LOAD_COUNT, value=1
        twist   vmcs GUEST_RFLAGS, value=0

        expect  invalid_guest_state, qualification=0, rip=never
        otherwise msr_loading, msr_entry=1, rip=never
        finish

guest CODE

never:  hlt

contents LIST
        dd      IA32_FS_BASE, 0                 ; which no list may have
        dq      0
