; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a primary control that is 0 and must be 1"

        rule_in_part primary_bits_that_must_be_1
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, clear=1 << 1

        expect  refused_controls
        finish

guest CODE

never:  hlt
