; SDM vol. 3, "Monitor Trap Flag"; "Architectural State Before a VM Exit": the HLT state does not
; block the exit, and ends only behind it.

%include "scenario.inc"
%include "guest.inc"

scenario "the monitor trap flag exits behind HLT, in the HLT state"

        rule    monitor_trap_flag_behind
        needs   monitor_trap_flag
        page    CODE, at=0x1000, access=r-x
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_hlt_exiting
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_monitor_trap_flag
        untwisted vmcs PRIMARY_CONTROLS, set=PRIMARY_hlt_exiting

        expect  monitor_trap_flag, rip=behind, GUEST_ACTIVITY_STATE=HLT_STATE
        otherwise hlt, rip=first
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_monitor_trap_flag
        vmcs    GUEST_ACTIVITY_STATE, value=0
        resume
        expect  vmcall, rip=behind
        finish

guest CODE

first:  hlt
behind: vmcall
