; A guest that is entered in this state runs nothing until an event comes, here the injected one.
; SDM vol. 3, "Activity State"; "Event Injection".

%include "scenario.inc"

%define HLT             1
%define UNDEFINED       (1 << 12)
%define DEBUG           0x80000301              ; valid, hardware exception, vector 1

scenario "a guest that is entered in the HLT state is woken by the event that is injected"

        needs   activity_hlt
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_ACTIVITY_STATE, value=HLT
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=DEBUG

        expect  exception_or_nmi, vector=13, rip=never, GUEST_ACTIVITY_STATE=0, \
                IDT_VECTORING_INFORMATION=DEBUG|UNDEFINED?
        finish

guest CODE

never:  hlt
