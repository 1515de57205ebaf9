; SDM vol. 3, "VMPTRLD--Load Pointer to Virtual-Machine Control Structure".

%include "scenario.inc"

scenario "VMPTRLD of another revision identifier is VMfailInvalid without a current VMCS"

        rule_in_part vmptrld_checks_the_revision
        region  VMCS
        region  OTHER

        enter_root_operation
        make_current VMCS
        root    revision OTHER, invert=1
        twist   root    vmclear VMCS

        root    vmptrld OTHER, outcome=VMfailInvalid
        otherwise outcome=VMfailValid, error=11
        finish
