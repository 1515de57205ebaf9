; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (PAUSE exiting).

%include "scenario.inc"

scenario "PAUSE exits when it is asked to"

        rule_in_part pause_exits
        needs   pause_exiting
        page    CODE, at=0x1000, access=r-x

        expect  vmcall
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_pause_exiting
        skip

        expect  pause, rip=wait_here, length=2, qualification=0
        otherwise vmcall, rip=wait_here+2
        skip

        expect  vmcall
        finish

guest CODE

        pause                           ; by itself it does not exit
        vmcall
wait_here:
        pause
        vmcall
