; SDM vol. 3, "VMXON--Enter VMX Operation".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VMXON with CR0.NE = 0, which VMX operation does not support, is #GP(0)"

        rule_in_part vmxon_needs_fixed_bits
        region  VMXON_REGION

        root    revision VMXON_REGION
        root    cr4, set=CR4_VMXE
        twist   root    cr0, clear=CR0_NE

        root    vmxon VMXON_REGION, outcome=GP
        otherwise outcome=VMsucceed
        finish
