; SDM vol. 3, "VMCLEAR--Clear Virtual-Machine Control Structure".

%include "scenario.inc"

scenario "behind VMCLEAR of another VMCS the current one is still current"

        rule_in_part vmclear_clears
        region  VMCS
        region  OTHER

        enter_root_operation
        make_current VMCS
        root    revision OTHER
        twist   root    vmclear OTHER
        untwisted root  vmclear VMCS

        root    vmptrst, stores=VMCS
        otherwise stores=nothing
        finish
