; SDM vol. 3, "VMCALL--Call to VM Monitor".

%include "scenario.inc"

scenario "VMCALL in VMX root operation with a current VMCS is VMfailValid 1"

        rule    vmcall_in_root_operation
        region  VMCS

        enter_root_operation
        root    revision VMCS
        root    vmclear VMCS
        twist   root    vmptrld VMCS

        root    vmcall, outcome=VMfailValid, error=1
        otherwise outcome=VMfailInvalid
        finish
