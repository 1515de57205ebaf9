; The timer ends the shutdown state, which the window leaves alone. SDM vol. 3, "Interrupt-Window
; Exiting and Virtual-Interrupt Delivery"; "VMX-Preemption Timer".

%include "scenario.inc"
%include "guest.inc"

%define SHUTDOWN           2               ; an activity state

scenario "the interrupt window does not end the shutdown state of a guest that is entered in it"

        rule    interrupt_window_conditions, shutdown_ends
        needs   interrupt_window, activity_shutdown, preemption_timer
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_activate_preemption_timer
        vmcs    VMX_PREEMPTION_TIMER_VALUE, value=1000
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_interrupt_window_exiting
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        twist   vmcs GUEST_ACTIVITY_STATE, value=SHUTDOWN

        expect  preemption_timer, rip=CODE, GUEST_ACTIVITY_STATE=SHUTDOWN
        otherwise interrupt_window, rip=CODE
        finish

guest CODE

        vmcall
