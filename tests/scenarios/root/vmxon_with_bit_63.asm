; SDM vol. 3, "VMXON--Enter VMX Operation".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VMXON of an address with bit 63 set is VMfailInvalid, and enters nothing"

        rule_in_part vmxon_checks_the_address
        region  VMXON_REGION

        root    revision VMXON_REGION
        root    cr4, set=CR4_VMXE
        twist   root    vmxon VMXON_REGION, set=1 << 63, outcome=VMfailInvalid
        untwisted root  vmxon VMXON_REGION

        root    vmptrst, outcome=UD
        otherwise stores=nothing
        finish
