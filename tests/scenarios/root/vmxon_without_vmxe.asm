; SDM vol. 3, "VMXON--Enter VMX Operation".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VMXON with CR4.VMXE = 0 is #UD"

        rule    vmxon_needs_vmxe
        region  VMXON_REGION

        root    revision VMXON_REGION
        root    cr4, set=CR4_VMXE
        twist   root    cr4, clear=CR4_VMXE

        root    vmxon VMXON_REGION, outcome=UD
        otherwise outcome=VMsucceed
        finish
