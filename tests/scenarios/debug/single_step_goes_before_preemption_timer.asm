; SDM vol. 3, "VMX-Preemption Timer": debug traps take priority over the timer's exit, which is due
; before the first instruction, as the timer is 0.

%include "scenario.inc"
%include "guest.inc"

scenario "a single step that is due exits before a preemption timer that is due as well"

        rule    preemption_timer_and_single_step
        rule_in_part preemption_timer_of_0
        needs   preemption_timer
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_activate_preemption_timer
        vmcs    VMX_PREEMPTION_TIMER_VALUE, value=0
        vmcs    GUEST_RFLAGS, set=RFLAGS_TF
        twist   vmcs GUEST_PENDING_DEBUG_EXCEPTIONS, value=SINGLE_STEP

        expect  exception_or_nmi, vector=VECTOR_DB, rip=first, qualification=SINGLE_STEP
        otherwise preemption_timer, rip=first
        resume
        expect  preemption_timer, rip=first
        finish

guest CODE

first:  vmcall
