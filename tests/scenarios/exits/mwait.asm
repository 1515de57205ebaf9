; The MONITOR that exited has armed no address range, so the exit qualification of MWAIT is 0, and
; an MWAIT that does not exit does not wait.
; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (MONITOR exiting, MWAIT exiting);
; "Basic VM-Exit Information" (exit qualification: MWAIT).  SDM vol. 2, "MWAIT--Monitor Wait".

%include "scenario.inc"

scenario "MWAIT exits"

        rule    monitor_and_mwait_exit
        needs   monitor_mwait
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_mwait_exiting
        untwisted vmcs PRIMARY_CONTROLS, clear=PRIMARY_mwait_exiting

        expect  monitor, rip=watch
        skip
        expect  mwait, rip=wait_here, length=3, qualification=0
        otherwise vmcall
        skip

        expect  vmcall
        finish

guest CODE

        mov     eax, CODE
        xor     ecx, ecx
        xor     edx, edx
watch:  monitor
wait_here:
        mwait
        vmcall
