; SDM vol. 3, "Interruptibility State"; "Other Causes of VM Exits".

%include "scenario.inc"
%include "guest.inc"

%define BLOCKING_BY_MOV_SS 2               ; of the interruptibility state

scenario "a pending interrupt exits one instruction later if it is blocked by MOV SS"

        rule    external_interrupt_exits, interrupt_pending_at_entry
        needs   acknowledge_interrupt
        page    CODE, at=0x1000, access=r-x
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        twist   vmcs GUEST_INTERRUPTIBILITY_STATE, value=BLOCKING_BY_MOV_SS
        interrupt 0x40

        expect  external_interrupt, vector=0x40, rip=behind, GUEST_INTERRUPTIBILITY_STATE=0
        otherwise external_interrupt, vector=0x40, rip=CODE
        finish

guest CODE

        nop
behind: nop
        vmcall
