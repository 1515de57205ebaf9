; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a reserved primary control"

        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=1 << 0

        expect  refused_controls
        finish

guest CODE

never:  hlt
