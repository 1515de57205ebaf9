; SDM vol. 3, "INVVPID--Invalidate Translations Based on VPID".

%include "scenario.inc"

scenario "INVVPID of a descriptor with a bit of 63:16 set is VMfailValid 28"

        needs   invvpid
        rule_in_part invvpid_checks_type_and_descriptor
        region  VMCS

        enter_root_operation
        make_current VMCS
        root    vmptrld VMCS + 8, outcome=VMfailValid, error=9
        twist   root    invvpid all, reserved=1 << 16, outcome=VMfailValid, error=28
        untwisted root  invvpid all

        root    vmread VM_INSTRUCTION_ERROR, value=28
        otherwise value=9
        finish
