; SDM vol. 3, "VMPTRST--Store Pointer to Virtual-Machine Control Structure".

%include "scenario.inc"

scenario "VMPTRST stores 64 ones without a current VMCS"

        rule_in_part vmptrst_stores
        region  VMCS

        enter_root_operation
        make_current VMCS
        twist   root    vmclear VMCS

        root    vmptrst, stores=nothing
        otherwise stores=VMCS
        finish
