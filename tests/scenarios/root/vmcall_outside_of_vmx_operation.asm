; SDM vol. 3, "VMCALL--Call to VM Monitor".

%include "scenario.inc"

scenario "VMCALL outside of VMX operation is #UD"

        rule    vmcall_outside_of_vmx_operation

        enter_root_operation
        twist   root    vmxoff

        root    vmcall, outcome=UD
        otherwise outcome=VMfailInvalid
        finish
