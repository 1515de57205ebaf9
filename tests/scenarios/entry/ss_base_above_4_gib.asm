; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest SS base above 4 GiB"

        rule_in_part ss_base_63_32
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_SS_BASE, value=1 << 32

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
