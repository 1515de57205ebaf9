; SDM vol. 3, "VMREAD--Read Field from Virtual-Machine Control Structure".

%include "scenario.inc"

scenario "VMREAD without a current VMCS is VMfailInvalid, whatever the encoding"

        rule    vmread_needs_a_vmcs
        region  VMCS

        enter_root_operation
        make_current VMCS
        twist   root    vmclear VMCS

        root    vmread vmcs_field_HOST_RIP | 1 << 12, outcome=VMfailInvalid
        otherwise outcome=VMfailValid, error=12
        finish
