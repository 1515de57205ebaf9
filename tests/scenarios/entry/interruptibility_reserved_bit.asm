; SDM vol. 3, "Checks on Guest Non-Register State".

%include "scenario.inc"

scenario "VM entry refuses a guest interruptibility state with a reserved bit"

        rule_in_part interruptibility_bits_31_5
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_INTERRUPTIBILITY_STATE, value=1 << 31

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
