; SDM vol. 3, "VM-Exit Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a VM-exit control that is 0 and must be 1"

        page    CODE, at=0x1000, access=r-x
        twist   vmcs EXIT_CONTROLS, clear=1 << 0

        expect  refused_controls
        finish

guest CODE

never:  hlt
