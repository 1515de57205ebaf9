; SDM vol. 3, "VMPTRLD--Load Pointer to Virtual-Machine Control Structure".

%include "scenario.inc"

scenario "VMPTRLD of an address that is not 4-KByte aligned is VMfailValid 9, and does nothing"

        rule_in_part vmptrld_checks_the_address
        region  VMCS
        region  OTHER

        enter_root_operation
        make_current VMCS
        root    revision OTHER
        root    vmclear OTHER
        twist   root    vmptrld OTHER + 8, outcome=VMfailValid, error=9
        untwisted root  vmptrld OTHER

        root    vmptrst, stores=VMCS
        otherwise stores=OTHER
        finish
