; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses mode-based execute control without EPT"

        rule    mode_based_execute_without_ept
        needs   mode_based_execute
        page    CODE, at=0x1000, access=r-x
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_mode_based_execute
        twist   vmcs SECONDARY_CONTROLS, clear=SECONDARY_enable_ept

        expect  refused_controls
        finish

guest CODE

never:  hlt
