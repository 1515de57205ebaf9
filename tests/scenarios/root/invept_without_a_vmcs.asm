; SDM vol. 3, "INVEPT--Invalidate Translations Derived from EPT".

%include "scenario.inc"

scenario "INVEPT of a reserved type is VMfailInvalid without a current VMCS"

        needs   invept
        rule_in_part invept_checks_type_and_eptp
        region  VMCS

        enter_root_operation
        make_current VMCS
        twist   root    vmclear VMCS

        root    invept 3, outcome=VMfailInvalid
        otherwise outcome=VMfailValid, error=28
        finish
