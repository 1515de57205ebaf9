; SDM vol. 3, "Checks on Guest RIP, RFLAGS, and SSP".

%include "scenario.inc"

scenario "VM entry refuses a guest RFLAGS whose bit 63 is 1"

        rule_in_part rflags_bits_that_must_be_0
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_RFLAGS, set=1 << 63

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
