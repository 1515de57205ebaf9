; SDM vol. 3, "VMLAUNCH/VMRESUME--Launch/Resume Virtual Machine".

%include "scenario.inc"

scenario "VMLAUNCH without a current VMCS is VMfailInvalid"

        rule_in_part vmlaunch_needs_a_vmcs
        region  VMCS

        enter_root_operation
        make_current VMCS
        root    vmwrite PIN_BASED_CONTROLS, value=0
        twist   root    vmclear VMCS

        root    vmlaunch, outcome=VMfailInvalid
        otherwise outcome=VMfailValid, error=7
        finish
