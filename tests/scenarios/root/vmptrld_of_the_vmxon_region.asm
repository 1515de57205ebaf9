; SDM vol. 3, "VMPTRLD--Load Pointer to Virtual-Machine Control Structure".

%include "scenario.inc"

scenario "VMPTRLD of the VMXON region is VMfailValid 10, and does nothing"

        rule_in_part vmptrld_refuses_the_vmxon_region
        region  VMCS
        region  OTHER

        enter_root_operation
        make_current VMCS
        root    revision OTHER
        root    vmclear OTHER
        twist   root    vmptrld VMXON_REGION, outcome=VMfailValid, error=10
        untwisted root  vmptrld OTHER

        root    vmptrst, stores=VMCS
        otherwise stores=OTHER
        finish
