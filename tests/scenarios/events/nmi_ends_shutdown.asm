; SDM vol. 3, "Activity State"; "Architectural State Before a VM Exit".

%include "scenario.inc"
%include "guest.inc"

%define SHUTDOWN           2               ; an activity state

scenario "an NMI exits from the shutdown state, which is saved"

        rule    shutdown_ends, nmi_exits
        needs   activity_shutdown, preemption_timer
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_activate_preemption_timer
        vmcs    VMX_PREEMPTION_TIMER_VALUE, value=0xfffff       ; lest it sleeps for ever
        vmcs    GUEST_ACTIVITY_STATE, value=SHUTDOWN
        twist   nmi
        untwisted vmcs GUEST_ACTIVITY_STATE, value=0

        expect  exception_or_nmi, EXIT_INTERRUPTION_INFORMATION=NMI, rip=CODE, \
                GUEST_ACTIVITY_STATE=SHUTDOWN
        otherwise vmcall
        finish

guest CODE

        vmcall
