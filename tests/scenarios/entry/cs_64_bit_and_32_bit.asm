; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest CS with both L and D/B"

        rule    cs_64_bit_and_32_bit
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_CS_ACCESS_RIGHTS, value=0xe09b

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
