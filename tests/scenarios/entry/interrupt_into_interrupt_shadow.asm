; SDM vol. 3, "Checks on Guest Non-Register State".

%include "scenario.inc"
%include "kernel/bits.inc"

%define INTERRUPT       0x80000030      ; valid, external interrupt, vector 0x30

scenario "VM entry refuses the injection of an interrupt into the shadow of STI"

        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        vmcs    GUEST_INTERRUPTIBILITY_STATE, value=1
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=INTERRUPT

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
