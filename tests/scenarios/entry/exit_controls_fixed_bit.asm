; SDM vol. 3, "VM-Exit Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a VM-exit control that is 0 and must be 1"

        rule_in_part exit_bits_that_must_be_1
        page    CODE, at=0x1000, access=r-x
        twist   vmcs EXIT_CONTROLS, clear=1 << 0

        expect  refused_controls
        finish

guest CODE

never:  hlt
