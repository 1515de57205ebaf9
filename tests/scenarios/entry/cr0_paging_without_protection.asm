; Not even an unrestricted guest may have paging without protection.
; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VM entry refuses a guest CR0 with PG and without PE"

        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_CR0, clear=CR0_PE

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
