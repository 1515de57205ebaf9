; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a usable guest LDTR whose base is not canonical"

        rule_in_part ldtr_base_not_canonical
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_LDTR_ACCESS_RIGHTS, value=0x82
        twist   vmcs GUEST_LDTR_BASE, value=1 << 63

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
