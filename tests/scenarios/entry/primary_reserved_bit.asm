; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a reserved primary control"

        rule_in_part primary_bits_that_must_be_0
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=1 << 0

        expect  refused_controls
        finish

guest CODE

never:  hlt
