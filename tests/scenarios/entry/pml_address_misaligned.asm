; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a page-modification log that is not page-aligned"

        rule_in_part pml_address_misaligned
        needs   page_modification_log
        page    CODE, at=0x1000, access=r-x
        page    LOG, at=0x2000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_pml
        vmcs    PML_ADDRESS, page=LOG
        twist   vmcs PML_ADDRESS, set=8

        expect  refused_controls
        finish

guest CODE

never:  hlt
