; SDM vol. 3, "Other Causes of VM Exits"; "Interrupt-Window Exiting and Virtual-Interrupt
; Delivery".

%include "scenario.inc"
%include "guest.inc"

%define BLOCKING_BY_MOV_SS 2               ; of the interruptibility state

scenario "the interrupt window opens one instruction later if events are blocked by MOV SS"

        rule    interrupt_window_conditions, interrupt_window_exits
        needs   interrupt_window
        page    CODE, at=0x1000, access=r-x
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_interrupt_window_exiting
        twist   vmcs GUEST_INTERRUPTIBILITY_STATE, value=BLOCKING_BY_MOV_SS

        expect  interrupt_window, rip=behind, GUEST_INTERRUPTIBILITY_STATE=0
        otherwise interrupt_window, rip=CODE
        finish

guest CODE

        nop
behind: nop
        vmcall
