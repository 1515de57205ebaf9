; SDM vol. 3, "Checks on Guest RIP, RFLAGS, and SSP".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses the injection of an interrupt into a guest with RFLAGS.IF clear"

        rule    external_interrupt_without_if
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EXTERNAL_INTERRUPT(0x30)
        twist   vmcs GUEST_RFLAGS, clear=RFLAGS_IF

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
