; Only an unrestricted guest may have CR0.PE = 0 at all, and not even it with paging.
; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VM entry refuses a guest CR0 with PG and without PE"

        rule    cr0_paging_without_protection
        needs   unrestricted_guest
        page    CODE, at=0x1000, access=r-x
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_unrestricted_guest
        twist   vmcs GUEST_CR0, clear=CR0_PE

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
