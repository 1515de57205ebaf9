; SDM vol. 3, "VMWRITE--Write Field to Virtual-Machine Control Structure".

%include "scenario.inc"

scenario "VMWRITE of no field is VMfailValid 12, as the VM-instruction error field tells"

        rule_in_part vmwrite_checks_the_encoding
        region  VMCS

        enter_root_operation
        make_current VMCS
        root    vmptrld VMCS + 8, outcome=VMfailValid, error=9
        twist   root    vmwrite vmcs_field_HOST_RIP | 1 << 12, outcome=VMfailValid, error=12

        root    vmread VM_INSTRUCTION_ERROR, value=12
        otherwise value=9
        finish
