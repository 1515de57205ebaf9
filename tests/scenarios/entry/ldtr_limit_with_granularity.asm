; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

%define GRANULARITY     (1 << 15)

scenario "VM entry refuses a usable guest LDTR with a limit in pages and lower bits of 0"

        rule_in_part ldtr_limit_low_with_granularity
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_LDTR_ACCESS_RIGHTS, value=0x82
        vmcs    GUEST_LDTR_LIMIT, value=0
        twist   vmcs GUEST_LDTR_ACCESS_RIGHTS, set=GRANULARITY

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
