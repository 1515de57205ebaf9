; SDM vol. 3, "VMPTRST--Store Pointer to Virtual-Machine Control Structure".

%include "scenario.inc"

scenario "VMPTRST stores the address of the VMCS that VMPTRLD made current"

        rule_in_part vmptrst_stores
        region  VMCS
        region  OTHER

        enter_root_operation
        make_current VMCS
        root    revision OTHER
        root    vmclear OTHER
        twist   root    vmptrld OTHER

        root    vmptrst, stores=OTHER
        otherwise stores=VMCS
        finish
