; SDM vol. 3, "Checks on Guest RIP, RFLAGS, and SSP".

%include "scenario.inc"

scenario "VM entry refuses a guest RIP that is no linear address"

        rule_in_part rip_beyond_linear_width
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_RIP, value=1 << 60

        expect  invalid_guest_state, qualification=0, rip=1 << 60
        finish

guest CODE

never:  hlt
