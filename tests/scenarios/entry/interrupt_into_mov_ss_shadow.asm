; SDM vol. 3, "Checks on Guest Non-Register State".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses the injection of an interrupt into the shadow of MOV SS"

        rule    external_interrupt_with_blocking_by_mov_ss
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EXTERNAL_INTERRUPT(0x30)
        twist   vmcs GUEST_INTERRUPTIBILITY_STATE, value=2

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
