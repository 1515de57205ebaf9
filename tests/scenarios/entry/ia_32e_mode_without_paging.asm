; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VM entry refuses an IA-32e mode guest without paging, even if it is unrestricted"

        rule_in_part ia_32e_mode_without_paging
        needs   unrestricted_guest
        page    CODE, at=0x1000, access=r-x
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_unrestricted_guest
        twist   vmcs GUEST_CR0, clear=CR0_PG

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
