; SDM vol. 3, "Monitor Trap Flag".

%include "scenario.inc"

scenario "the monitor trap flag exits behind each instruction"

        rule    monitor_trap_flag_exits, rip_saved
        rule_in_part monitor_trap_flag_behind
        needs   monitor_trap_flag
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_monitor_trap_flag

        expect  monitor_trap_flag, rip=second, rax=1
        otherwise vmcall, rax=3
        resume
        expect  monitor_trap_flag, rip=third, rax=2
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_monitor_trap_flag
        resume

        expect  vmcall, rax=3
        finish

guest CODE

        mov     eax, 1
second: mov     eax, 2
third:  mov     eax, 3
        vmcall
