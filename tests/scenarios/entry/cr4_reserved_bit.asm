; Bits 63:33 of CR4 have never had a meaning.
; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"

scenario "VM entry refuses a guest CR4 with a reserved bit"

        rule_in_part cr4_bits_fixed_to_0
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_CR4, set=1 << 63

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
