; SDM vol. 3, "VMCLEAR--Clear Virtual-Machine Control Structure".

%include "scenario.inc"

scenario "VMCLEAR keeps what was written to the VMCS"

        rule_in_part vmclear_clears
        region  VMCS

        enter_root_operation
        make_current VMCS
        twist   root    vmwrite GUEST_RIP, value=0x123456789abcdef0
        untwisted root  vmwrite GUEST_RIP, value=0x7654321
        root    vmclear VMCS
        root    vmptrld VMCS

        root    vmread GUEST_RIP, value=0x123456789abcdef0
        otherwise value=0x7654321
        finish
