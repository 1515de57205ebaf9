; SDM vol. 3, "Checks on Guest RIP, RFLAGS, and SSP".

%include "scenario.inc"

scenario "VM entry refuses a RIP above 4 GiB for a guest that is not in 64-bit mode"

        rule_in_part rip_63_32_outside_64_bit_mode
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_RIP, set=1 << 32

        expect  invalid_guest_state, qualification=0, rip=never + (1 << 32)
        finish

guest CODE, mode=flat32

never:  hlt
