; SDM vol. 3, "Checks on Guest Non-Register State".

%include "scenario.inc"

scenario "VM entry refuses pending debug exceptions with a reserved bit"

        rule_in_part pending_debug_reserved_bits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_PENDING_DEBUG_EXCEPTIONS, value=1 << 4

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
