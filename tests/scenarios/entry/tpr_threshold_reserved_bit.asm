; Bits 3:0, which may not be greater than the priority in the page, are 0.
; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a TPR threshold with a reserved bit"

        rule_in_part tpr_threshold_bits_31_4
        needs   tpr_shadow
        page    CODE, at=0x1000, access=r-x
        page    APIC, at=0x2000, access=---
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_use_tpr_shadow
        vmcs    VIRTUAL_APIC_ADDRESS, page=APIC
        vmcs    TPR_THRESHOLD, value=0
        twist   vmcs TPR_THRESHOLD, set=1 << 4

        expect  refused_controls
        finish

guest CODE

never:  hlt
