; SDM vol. 3, "VMXOFF--Leave VMX Operation".

%include "scenario.inc"

scenario "behind VMXOFF the VMX instructions are #UD"

        rule_in_part vmxoff_leaves_vmx_operation
        region  VMCS

        enter_root_operation
        make_current VMCS
        twist   root    vmxoff

        root    vmptrst, outcome=UD
        otherwise stores=VMCS
        finish
