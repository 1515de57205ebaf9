; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (MONITOR exiting).

%include "scenario.inc"

scenario "MONITOR exits"

        rule    monitor_and_mwait_exit
        needs   monitor_mwait
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_monitor_exiting
        untwisted vmcs PRIMARY_CONTROLS, clear=PRIMARY_monitor_exiting

        expect  monitor, rip=watch, length=3, qualification=0, rax=CODE
        otherwise vmcall, rax=CODE
        skip

        expect  vmcall
        finish

guest CODE

        mov     eax, CODE
        xor     ecx, ecx
        xor     edx, edx
watch:  monitor
        vmcall
