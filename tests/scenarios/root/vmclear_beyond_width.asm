; SDM vol. 3, "VMCLEAR--Clear Virtual-Machine Control Structure".

%include "scenario.inc"

scenario "VMCLEAR of an address beyond the physical width is VMfailValid 2, and does nothing"

        rule_in_part vmclear_checks_the_address
        region  VMCS

        enter_root_operation
        make_current VMCS
        twist   root    vmclear VMCS, set=BEYOND_WIDTH, outcome=VMfailValid, error=2
        untwisted root  vmclear VMCS

        root    vmptrst, stores=VMCS
        otherwise stores=nothing
        finish
