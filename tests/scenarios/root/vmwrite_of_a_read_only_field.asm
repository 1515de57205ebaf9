; SDM vol. 3, "VMWRITE--Write Field to Virtual-Machine Control Structure".

%include "scenario.inc"

scenario "VMWRITE of a VM-exit information field writes it where IA32_VMX_MISC[29] is 1"

        needs   vmwrite_any_field
        rule_in_part vmwrite_of_read_only_fields
        region  VMCS

        enter_root_operation
        make_current VMCS
        root    vmwrite EXIT_QUALIFICATION, value=1
        twist   root    vmwrite EXIT_QUALIFICATION, value=2

        root    vmread EXIT_QUALIFICATION, value=2
        otherwise value=1
        finish
