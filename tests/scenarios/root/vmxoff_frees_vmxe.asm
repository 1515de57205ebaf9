; SDM vol. 3, "VMXOFF--Leave VMX Operation".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "CR4.VMXE can be cleared behind VMXOFF, and before it that is #GP(0)"

        rule    vmxoff_frees_cr4_vmxe

        enter_root_operation
        root    cr4, clear=CR4_VMXE, outcome=GP
        twist   root    vmxoff

        root    cr4, clear=CR4_VMXE
        otherwise outcome=GP
        finish
