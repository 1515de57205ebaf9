; SDM vol. 3, "Instructions That Cause VM Exits Conditionally"; "VMX-Preemption Timer"

%include "scenario.inc"
%include "guest.inc"

scenario 'HLT halts the guest without "HLT exiting", until the preemption timer ends that'

        needs   preemption_timer
        rule    hlt_exits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, clear=PRIMARY_hlt_exiting
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_activate_preemption_timer
        vmcs    VMX_PREEMPTION_TIMER_VALUE, value=10000

        expect  preemption_timer, GUEST_ACTIVITY_STATE=1, rip=behind
        otherwise hlt, rip=CODE
        finish

guest CODE
        hlt
behind: vmcall
