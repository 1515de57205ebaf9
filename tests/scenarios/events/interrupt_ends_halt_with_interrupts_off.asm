; With "external-interrupt exiting" RFLAGS.IF does not block external interrupts, not even those
; of a halted guest. SDM vol. 3, "Other Causes of VM Exits"; "Activity State".

%include "scenario.inc"
%include "guest.inc"

%define HLT                1               ; an activity state

scenario "an external interrupt ends the HLT of a guest whose RFLAGS.IF is 0"

        rule    external_interrupt_exits, halted_guest_wakes
        needs   activity_hlt, acknowledge_interrupt, preemption_timer
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_activate_preemption_timer
        vmcs    VMX_PREEMPTION_TIMER_VALUE, value=0xfffff       ; lest it sleeps for ever
        vmcs    GUEST_ACTIVITY_STATE, value=HLT
        twist   interrupt 0x40
        untwisted vmcs GUEST_ACTIVITY_STATE, value=0

        expect  external_interrupt, vector=0x40, rip=CODE, GUEST_ACTIVITY_STATE=HLT
        otherwise vmcall, rip=CODE
        finish

guest CODE

        vmcall
