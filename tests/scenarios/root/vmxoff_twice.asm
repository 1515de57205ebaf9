; SDM vol. 3, "VMXOFF--Leave VMX Operation".

%include "scenario.inc"

scenario "VMXOFF outside of VMX operation is #UD"

        rule_in_part vmxoff_faults

        enter_root_operation
        twist   root    vmxoff

        root    vmxoff, outcome=UD
        otherwise outcome=VMsucceed
        finish
