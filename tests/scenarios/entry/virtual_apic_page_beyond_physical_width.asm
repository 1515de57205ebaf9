; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a virtual-APIC page beyond the physical width"

        rule_in_part virtual_apic_beyond_width
        needs   tpr_shadow
        page    CODE, at=0x1000, access=r-x
        page    APIC, at=0x2000, access=---
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_use_tpr_shadow
        vmcs    VIRTUAL_APIC_ADDRESS, page=APIC
        vmcs    TPR_THRESHOLD, value=0
        twist   vmcs VIRTUAL_APIC_ADDRESS, set=1 << 52

        expect  refused_controls
        finish

guest CODE

never:  hlt
