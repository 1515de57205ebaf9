; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a TSC multiplier of 0"

        rule    tsc_multiplier_0
        needs   tsc_scaling
        page    CODE, at=0x1000, access=r-x
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_use_tsc_offsetting
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_use_tsc_scaling
        vmcs    TSC_MULTIPLIER, value=1 << 48
        twist   vmcs TSC_MULTIPLIER, value=0

        expect  refused_controls
        finish

guest CODE

never:  hlt
