; No processor has a physical address of more than 52 bits.
; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"

scenario "VM entry refuses a guest CR3 beyond the physical width"

        rule_in_part cr3_reserved_bits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_CR3, set=1 << 52

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
