; SDM vol. 3, "VMCLEAR--Clear Virtual-Machine Control Structure".

%include "scenario.inc"

scenario "behind VMCLEAR of the current VMCS none is current"

        rule_in_part vmclear_clears
        region  VMCS

        enter_root_operation
        make_current VMCS
        twist   root    vmclear VMCS

        root    vmread GUEST_RIP, outcome=VMfailInvalid
        otherwise outcome=VMsucceed
        finish
