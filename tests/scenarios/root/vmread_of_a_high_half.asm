; SDM vol. 3, "VMREAD--Read Field from Virtual-Machine Control Structure".

%include "scenario.inc"

scenario "VMREAD with bit 0 of the encoding set reads bits 63:32 of a 64-bit field, zeros above"

        rule_in_part vmread_reads
        region  VMCS

        enter_root_operation
        make_current VMCS
        twist   root    vmwrite VMCS_LINK_POINTER, value=0x8111111122222222
        untwisted root  vmwrite VMCS_LINK_POINTER, value=0x22222222

        root    vmread vmcs_field_VMCS_LINK_POINTER + 1, value=0x81111111
        otherwise value=0
        finish
