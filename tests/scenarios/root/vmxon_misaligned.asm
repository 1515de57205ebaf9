; SDM vol. 3, "VMXON--Enter VMX Operation".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VMXON of an address that is not 4-KByte aligned is VMfailInvalid, and enters nothing"

        rule_in_part vmxon_checks_the_address
        region  VMXON_REGION

        root    revision VMXON_REGION
        root    cr4, set=CR4_VMXE
        twist   root    vmxon VMXON_REGION + 8, outcome=VMfailInvalid
        untwisted root  vmxon VMXON_REGION

        root    vmptrst, outcome=UD
        otherwise stores=nothing
        finish
