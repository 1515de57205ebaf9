; SDM vol. 3, "VMPTRLD--Load Pointer to Virtual-Machine Control Structure".

%include "scenario.inc"

scenario "VMPTRLD of a region with another revision identifier is VMfailValid 11"

        rule_in_part vmptrld_checks_the_revision
        region  VMCS
        region  OTHER

        enter_root_operation
        make_current VMCS
        root    revision OTHER
        root    vmclear OTHER
        twist   root    revision OTHER, invert=1

        root    vmptrld OTHER, outcome=VMfailValid, error=11
        otherwise outcome=VMsucceed
        finish
