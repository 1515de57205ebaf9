; SDM vol. 3, "VMLAUNCH/VMRESUME--Launch/Resume Virtual Machine".

%include "scenario.inc"

scenario "VMLAUNCH of a shadow VMCS is VMfailInvalid"

        needs   vmcs_shadowing
        rule_in_part vmlaunch_needs_a_vmcs
        region  VMCS
        region  SHADOW

        enter_root_operation
        make_current VMCS
        root    vmwrite PIN_BASED_CONTROLS, value=0
        root    revision SHADOW, invert=1 << 31
        root    vmclear SHADOW
        twist   root    vmptrld SHADOW

        root    vmlaunch, outcome=VMfailInvalid
        otherwise outcome=VMfailValid, error=7
        finish
