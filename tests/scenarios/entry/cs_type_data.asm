; This is a writable data segment.  Only an unrestricted guest may have one in CS.
; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest CS that is a data segment"

        rule_in_part cs_type
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_CS_ACCESS_RIGHTS, value=0xa093

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
