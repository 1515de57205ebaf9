; SDM vol. 3, "INVEPT--Invalidate Translations Derived from EPT".

%include "scenario.inc"

scenario "INVEPT of a reserved type is VMfailValid 28"

        needs   invept
        rule_in_part invept_checks_type_and_eptp
        region  VMCS

        enter_root_operation
        make_current VMCS
        root    vmptrld VMCS + 8, outcome=VMfailValid, error=9
        twist   root    invept 3, outcome=VMfailValid, error=28

        root    vmread VM_INSTRUCTION_ERROR, value=28
        otherwise value=9
        finish
