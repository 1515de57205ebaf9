; SDM vol. 3, "VMXON--Enter VMX Operation".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VMXON enters VMX operation, in which no VMCS is current at first"

        rule_in_part vmxon_enters_vmx_operation
        region  VMXON_REGION

        root    revision VMXON_REGION
        root    cr4, set=CR4_VMXE
        twist   root    vmxon VMXON_REGION

        root    vmptrst, stores=nothing
        otherwise outcome=UD
        finish
