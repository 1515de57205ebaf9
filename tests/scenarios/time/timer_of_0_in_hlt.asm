; SDM vol. 3, "VM Exits Due to the VMX-Preemption Timer"; "Saving Non-Register State".

%include "scenario.inc"
%include "guest.inc"

scenario "a preemption timer of 0 ends the activity state HLT, which the exit saves"

        rule_in_part preemption_timer_rate
        needs   preemption_timer, activity_hlt
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_activate_preemption_timer
        vmcs    VMX_PREEMPTION_TIMER_VALUE, value=0
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        twist   vmcs GUEST_ACTIVITY_STATE, value=1

        expect  preemption_timer, rip=CODE, GUEST_ACTIVITY_STATE=1
        otherwise preemption_timer, rip=CODE, GUEST_ACTIVITY_STATE=0
        finish

guest CODE

        vmcall
