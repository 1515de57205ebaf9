; SDM vol. 3, "VMCALL--Call to VM Monitor".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VMCALL in VMX root operation without a current VMCS is VMfailInvalid"

        rule    vmcall_in_root_operation
        region  VMXON_REGION

        root    revision VMXON_REGION
        root    cr4, set=CR4_VMXE
        twist   root    vmxon VMXON_REGION

        root    vmcall, outcome=VMfailInvalid
        otherwise outcome=UD
        finish
