; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses an unrestricted guest without EPT"

        rule    unrestricted_guest_without_ept
        needs   unrestricted_guest
        page    CODE, at=0x1000, access=r-x
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_unrestricted_guest
        twist   vmcs SECONDARY_CONTROLS, clear=SECONDARY_enable_ept

        expect  refused_controls
        finish

guest CODE

never:  hlt
