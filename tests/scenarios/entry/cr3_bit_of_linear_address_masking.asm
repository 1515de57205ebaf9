; Bits 62 and 61 of CR3 are legal with linear-address masking (LAM), and reserved without.
; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs"; "Linear-Address Masking".

%include "scenario.inc"

scenario "VM entry refuses bit 62 of CR3 where there is no linear-address masking"

        rule_in_part cr3_reserved_bits
        needs_no lam
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_CR3, set=1 << 62

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
