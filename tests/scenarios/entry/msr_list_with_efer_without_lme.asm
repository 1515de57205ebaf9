; SDM vol. 3, "Loading MSRs".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

scenario "VM entry fails at an IA32_EFER in the list whose LME is 0 while CR0.PG is 1"

        rule_in_part efer_in_the_list, entry_msr_value
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
        dq      0
        dd      IA32_EFER, 0
        dq      EFER_LMA
