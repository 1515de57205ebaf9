; Bits 7:4 of the virtual TPR, at offset 128 of the virtual-APIC page, are 4.
; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a TPR threshold above the priority class of the virtual TPR"

        rule    tpr_threshold_above_vtpr
        needs   tpr_shadow
        page    CODE, at=0x1000, access=r-x
        page    APIC, at=0x2000, access=---
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_use_tpr_shadow
        vmcs    VIRTUAL_APIC_ADDRESS, page=APIC
        vmcs    TPR_THRESHOLD, value=4
        twist   vmcs TPR_THRESHOLD, value=5

        expect  refused_controls
        finish

guest CODE

never:  hlt

contents APIC
        times 128 db 0
        db      0x4f
