; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

%define GRANULARITY     (1 << 15)

scenario "VM entry refuses a guest GS limit in bytes that is above 1 MiB"

        rule_in_part gs_limit_high_without_granularity
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_GS_ACCESS_RIGHTS, clear=GRANULARITY

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
