; SDM vol. 3, "VMLAUNCH/VMRESUME--Launch/Resume Virtual Machine".

%include "scenario.inc"

scenario "VMRESUME of a clear VMCS is VMfailValid 5, before its controls are looked at"

        rule    vmresume_launch_state_before_controls
        region  VMCS

        enter_root_operation
        make_current VMCS
        root    vmwrite PIN_BASED_CONTROLS, value=0
        twist   root    vmresume, outcome=VMfailValid, error=5
        untwisted root  vmlaunch, outcome=VMfailValid, error=7

        root    vmread VM_INSTRUCTION_ERROR, value=5
        otherwise value=7
        finish
