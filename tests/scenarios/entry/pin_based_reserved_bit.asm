; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a reserved pin-based control"

        rule_in_part pin_based_bits_that_must_be_0
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PIN_BASED_CONTROLS, set=1 << 31

        expect  refused_controls
        finish

guest CODE

never:  hlt
