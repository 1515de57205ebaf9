; A guest that is entered in this state runs nothing until an event comes, here the injected one.
; Its delivery faults, as there is no IDT.  In the twin the first event is that of the timer.
; SDM vol. 3, "Activity State"; "Event Injection".

%include "scenario.inc"
%include "guest.inc"

%define HLT             1
%define DEBUG           HARDWARE_EXCEPTION(VECTOR_DB)

scenario "a guest that is entered in the HLT state is woken by the event that is injected"

        rule    idt_vectoring_of_injected_event
        rule_in_part halted_guest_may_get_events, injection_ignores_the_exception_bitmap, \
                halted_guest_wakes
        needs   activity_hlt, preemption_timer
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_ACTIVITY_STATE, value=HLT
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, value=DEBUG
        untwisted vmcs PIN_BASED_CONTROLS, set=PIN_BASED_activate_preemption_timer
        untwisted vmcs VMX_PREEMPTION_TIMER_VALUE, value=0x10000

        expect  exception_or_nmi, vector=13, rip=never, GUEST_ACTIVITY_STATE=0, \
                IDT_VECTORING_INFORMATION=DEBUG|UNDEFINED_BIT?
        otherwise preemption_timer, rip=never, GUEST_ACTIVITY_STATE=HLT
        finish

guest CODE

never:  hlt
