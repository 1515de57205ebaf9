; SDM vol. 3, "Checks on Guest RIP, RFLAGS, and SSP".

%include "scenario.inc"

%define INTERRUPT       0x80000030      ; valid, external interrupt, vector 0x30

scenario "VM entry refuses the injection of an interrupt into a guest with RFLAGS.IF clear"

        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=INTERRUPT

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
