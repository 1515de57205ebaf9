; SDM vol. 3, "VMXON--Enter VMX Operation".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VMXON of an address beyond the physical width is VMfailInvalid, and enters nothing"

        rule_in_part vmxon_checks_the_address
        region  VMXON_REGION

        root    revision VMXON_REGION
        root    cr4, set=CR4_VMXE
        twist   root    vmxon VMXON_REGION, set=BEYOND_WIDTH, outcome=VMfailInvalid
        untwisted root  vmxon VMXON_REGION

        root    vmptrst, outcome=UD
        otherwise stores=nothing
        finish
