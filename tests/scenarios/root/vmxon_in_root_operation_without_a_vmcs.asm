; SDM vol. 3, "VMXON--Enter VMX Operation".

%include "scenario.inc"

scenario "VMXON in VMX root operation without a current VMCS is VMfailInvalid"

        rule_in_part vmxon_in_root_operation
        region  VMCS

        enter_root_operation
        make_current VMCS
        twist   root    vmclear VMCS

        root    vmxon VMXON_REGION, outcome=VMfailInvalid
        otherwise outcome=VMfailValid, error=15
        finish
