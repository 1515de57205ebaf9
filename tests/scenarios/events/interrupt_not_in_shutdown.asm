; SDM vol. 3, "Activity State"; "VMX-Preemption Timer".

%include "scenario.inc"
%include "guest.inc"

%define SHUTDOWN           2               ; an activity state

scenario "an external interrupt does not exit from the shutdown state"

        rule    shutdown_ends
        needs   activity_shutdown, preemption_timer
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_activate_preemption_timer
        vmcs    VMX_PREEMPTION_TIMER_VALUE, value=1000
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        interrupt 0x40
        twist   vmcs GUEST_ACTIVITY_STATE, value=SHUTDOWN

        expect  preemption_timer, rip=CODE, GUEST_ACTIVITY_STATE=SHUTDOWN
        otherwise external_interrupt, rip=CODE
        finish

guest CODE

        vmcall
