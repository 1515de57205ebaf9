; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a page-modification log that is not page-aligned"

        needs   page_modification_log
        page    CODE, at=0x1000, access=r-x
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_pml
        vmcs    PML_ADDRESS, value=0x1008

        expect  refused_controls
        finish

guest CODE

never:  hlt
