; SDM vol. 3, "VMLAUNCH/VMRESUME--Launch/Resume Virtual Machine".

%include "scenario.inc"

scenario "VMLAUNCH with pin-based controls of which some must be 1 and are 0 is VMfailValid 7"

        rule_in_part vmlaunch_checks_controls_and_host_state
        region  VMCS

        enter_root_operation
        make_current VMCS
        root    vmwrite PIN_BASED_CONTROLS, value=0
        root    vmptrld VMCS + 8, outcome=VMfailValid, error=9
        twist   root    vmlaunch, outcome=VMfailValid, error=7

        root    vmread VM_INSTRUCTION_ERROR, value=7
        otherwise value=9
        finish
