; SDM vol. 3, "VMWRITE--Write Field to Virtual-Machine Control Structure".

%include "scenario.inc"

scenario "VMWRITE with bit 0 of the encoding set writes bits 63:32 of a 64-bit field"

        rule_in_part vmwrite_writes
        region  VMCS

        enter_root_operation
        make_current VMCS
        root    vmwrite VMCS_LINK_POINTER, value=0x1111111122222222
        twist   root    vmwrite vmcs_field_VMCS_LINK_POINTER + 1, value=0x33333333

        root    vmread VMCS_LINK_POINTER, value=0x3333333322222222
        otherwise value=0x1111111122222222
        finish
