; SDM vol. 3, "Activity State"; "VMX-Preemption Timer".

%include "scenario.inc"
%include "guest.inc"

%define SHUTDOWN           2               ; an activity state

scenario "without NMI exiting an NMI wakes a guest that is entered in the shutdown state"

        rule    shutdown_ends
        needs   activity_shutdown, preemption_timer
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_activate_preemption_timer
        vmcs    VMX_PREEMPTION_TIMER_VALUE, value=0xfffff       ; lest it sleeps for ever
        vmcs    PIN_BASED_CONTROLS, clear=PIN_BASED_nmi_exiting
        vmcs    GUEST_ACTIVITY_STATE, value=SHUTDOWN
        twist   nmi
        untwisted vmcs GUEST_ACTIVITY_STATE, value=0

        expect  vmcall, rip=in_handler, GUEST_ACTIVITY_STATE=0
        otherwise vmcall, rip=CODE
        holds   STACK + PAGE_SIZE - 40, qword=CODE
        finish

guest CODE

        vmcall
handler:
        nop
in_handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    2, handler
