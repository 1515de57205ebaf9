; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a reserved pin-based control"

        page    CODE, at=0x1000, access=r-x
        twist   vmcs PIN_BASED_CONTROLS, set=1 << 31

        expect  refused_controls
        finish

guest CODE

never:  hlt
