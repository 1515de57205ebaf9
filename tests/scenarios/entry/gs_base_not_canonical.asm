; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest GS base that is not canonical"

        rule_in_part gs_base_not_canonical
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_GS_BASE, value=1 << 63

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
