; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses page-modification logging without EPT"

        rule    pml_without_ept
        needs   page_modification_log
        page    CODE, at=0x1000, access=r-x
        page    LOG, at=0x2000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_pml
        vmcs    PML_ADDRESS, page=LOG
        twist   vmcs SECONDARY_CONTROLS, clear=SECONDARY_enable_ept

        expect  refused_controls
        finish

guest CODE

never:  hlt
