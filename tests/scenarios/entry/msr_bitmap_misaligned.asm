; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses an MSR bitmap that is not page-aligned"

        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_use_msr_bitmaps
        vmcs    MSR_BITMAPS, value=0x1800

        expect  refused_controls
        finish

guest CODE

never:  hlt
