; SDM vol. 3, "Monitor Trap Flag"; "Injection of Pending MTF VM Exits": the control may be 0.

%include "scenario.inc"
%include "guest.inc"

scenario "an injected MTF VM exit comes before the first instruction, without the control"

        rule    injected_monitor_trap_flag
        needs   monitor_trap_flag
        page    CODE, at=0x1000, access=r-x
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, value=MONITOR_TRAP

        expect  monitor_trap_flag, rip=first, rax=0
        otherwise vmcall, rax=1
        resume
        expect  vmcall, rax=1
        finish

guest CODE

first:  mov     eax, 1
        vmcall
