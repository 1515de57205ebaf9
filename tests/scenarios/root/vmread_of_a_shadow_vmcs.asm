; SDM vol. 3, "VMREAD--Read Field from Virtual-Machine Control Structure".

%include "scenario.inc"

scenario "VMREAD in VMX root operation reads a shadow VMCS that is current"

        needs   vmcs_shadowing
        rule    vmread_of_a_shadow_vmcs
        region  VMCS
        region  SHADOW

        enter_root_operation
        make_current VMCS
        root    vmwrite GUEST_RIP, value=1
        root    revision SHADOW, invert=1 << 31
        root    vmclear SHADOW
        root    vmptrld SHADOW
        root    vmwrite GUEST_RIP, value=2
        root    vmptrld VMCS
        twist   root    vmptrld SHADOW

        root    vmread GUEST_RIP, value=2
        otherwise value=1
        finish
