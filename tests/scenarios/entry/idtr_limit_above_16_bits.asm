; SDM vol. 3, "Checks on Guest Descriptor-Table Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest IDTR limit of more than 16 bits"

        rule_in_part idtr_limit_31_16
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_IDTR_LIMIT, value=0x10000

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
