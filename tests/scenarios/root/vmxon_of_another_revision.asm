; SDM vol. 3, "VMXON--Enter VMX Operation".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VMXON of a region with another revision identifier is VMfailInvalid"

        rule_in_part vmxon_checks_the_revision
        region  VMXON_REGION

        root    revision VMXON_REGION
        root    cr4, set=CR4_VMXE
        twist   root    revision VMXON_REGION, invert=1

        root    vmxon VMXON_REGION, outcome=VMfailInvalid
        otherwise outcome=VMsucceed
        finish
