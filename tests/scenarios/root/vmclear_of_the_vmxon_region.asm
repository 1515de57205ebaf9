; SDM vol. 3, "VMCLEAR--Clear Virtual-Machine Control Structure".

%include "scenario.inc"

scenario "VMCLEAR of the VMXON region is VMfailValid 3, and does nothing"

        rule_in_part vmclear_refuses_the_vmxon_region
        region  VMCS

        enter_root_operation
        make_current VMCS
        twist   root    vmclear VMXON_REGION, outcome=VMfailValid, error=3
        untwisted root  vmclear VMCS

        root    vmptrst, stores=VMCS
        otherwise stores=nothing
        finish
