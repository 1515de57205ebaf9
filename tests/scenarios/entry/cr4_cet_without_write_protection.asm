; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VM entry refuses a guest with CR4.CET and without CR0.WP"

        rule    cr4_cet_without_write_protection
        needs   cet
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_CR0, clear=CR0_WP
        twist   vmcs GUEST_CR4, set=CR4_CET

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
