; SDM vol. 3, "VMXON--Enter VMX Operation".

%include "scenario.inc"

scenario "VMXON in VMX root operation with a current VMCS is VMfailValid 15"

        rule_in_part vmxon_in_root_operation
        region  VMCS

        enter_root_operation
        root    revision VMCS
        root    vmclear VMCS
        twist   root    vmptrld VMCS

        root    vmxon VMXON_REGION, outcome=VMfailValid, error=15
        otherwise outcome=VMfailInvalid
        finish
