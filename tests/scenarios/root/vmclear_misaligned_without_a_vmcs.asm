; SDM vol. 3, "VMCLEAR--Clear Virtual-Machine Control Structure".

%include "scenario.inc"

scenario "VMCLEAR of a misaligned address is VMfailInvalid without a current VMCS"

        rule_in_part vmclear_checks_the_address
        region  VMCS

        enter_root_operation
        make_current VMCS
        twist   root    vmclear VMCS

        root    vmclear VMCS + 8, outcome=VMfailInvalid
        otherwise outcome=VMfailValid, error=2
        finish
