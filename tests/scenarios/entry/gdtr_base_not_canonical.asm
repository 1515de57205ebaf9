; SDM vol. 3, "Checks on Guest Descriptor-Table Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest GDTR base that is not canonical"

        rule    gdtr_base_not_canonical
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_GDTR_BASE, value=1 << 63

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
