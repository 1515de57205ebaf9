; SDM vol. 3, "Checks on Guest RIP, RFLAGS, and SSP".

%include "scenario.inc"

scenario "VM entry refuses a guest RFLAGS whose bit 1 is 0"

        rule    rflags_without_bit_1
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_RFLAGS, value=0

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
