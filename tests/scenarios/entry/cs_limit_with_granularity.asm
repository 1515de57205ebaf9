; If the granularity bit is 1, bits 11:0 of the limit must be 1.
; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest CS with a limit that counts pages and does not end with one"

        rule    cs_limit_low_with_granularity
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_CS_LIMIT, value=0xfffff000

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
