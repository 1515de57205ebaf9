; SDM vol. 3, "VM-Execution Control Fields"; "EPTP Switching".

%include "scenario.inc"

%define EPTP_SWITCHING  (1 << 0)

scenario "VM entry refuses a list of EPTPs that is not page-aligned"

        rule_in_part eptp_list_misaligned
        needs   vm_functions, eptp_switching
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vm_functions
        vmcs    VM_FUNCTION_CONTROLS, value=EPTP_SWITCHING
        vmcs    EPTP_LIST_ADDRESS, page=LIST
        twist   vmcs EPTP_LIST_ADDRESS, set=8

        expect  refused_controls
        finish

guest CODE

never:  hlt
