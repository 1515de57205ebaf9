; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a 16-bit guest TSS in IA-32e mode"

        rule_in_part tr_type
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_TR_ACCESS_RIGHTS, value=0x83

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
