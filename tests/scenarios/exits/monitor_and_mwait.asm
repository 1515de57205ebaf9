; The MONITOR that exited has armed no address range, so the exit qualification of MWAIT is 0.
; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (MONITOR exiting, MWAIT exiting);
; "Basic VM-Exit Information" (exit qualification: MWAIT).

%include "scenario.inc"

scenario "MONITOR and MWAIT exit"

        needs   monitor_mwait
        page    CODE, at=0x1000, access=r-x

        expect  monitor, rip=watch, length=3, qualification=0, rax=CODE
        skip
        expect  mwait, rip=wait_here, length=3, qualification=0
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
