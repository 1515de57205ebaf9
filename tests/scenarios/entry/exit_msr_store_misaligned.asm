; SDM vol. 3, "VM-Exit Control Fields".

%include "scenario.inc"
%include "kernel/msr.inc"

scenario "VM entry refuses a list of the MSRs to store on VM exit that is not 16-byte-aligned"

        rule_in_part exit_msr_store_misaligned
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=---
        vmcs    EXIT_MSR_STORE_COUNT,   value=1
        vmcs    EXIT_MSR_STORE_ADDRESS, page=LIST
        twist   vmcs EXIT_MSR_STORE_ADDRESS, set=8

        expect  refused_controls
        finish

guest CODE

never:  hlt

contents LIST
        dd      IA32_SYSENTER_CS, 0
        dq      0                               ; the value
