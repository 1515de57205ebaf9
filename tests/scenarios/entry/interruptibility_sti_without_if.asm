; SDM vol. 3, "Checks on Guest Non-Register State".

%include "scenario.inc"

scenario "VM entry refuses blocking by STI for a guest with RFLAGS.IF clear"

        rule    blocking_by_sti_without_if
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_INTERRUPTIBILITY_STATE, value=1

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
