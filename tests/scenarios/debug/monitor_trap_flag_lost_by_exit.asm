; SDM vol. 3, "Monitor Trap Flag": another VM exit that comes before ends it.

%include "scenario.inc"
%include "guest.inc"

scenario "an instruction that exits by itself does not exit for the monitor trap flag as well"

        rule_in_part monitor_trap_flag_behind
        needs   monitor_trap_flag
        page    CODE, at=0x1000, access=r-x
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_monitor_trap_flag

        expect  cpuid, rip=first
        otherwise monitor_trap_flag, rip=second
        skip
        expect  monitor_trap_flag, rip=third
        finish

guest CODE

first:  twist   cpuid
        untwisted nop
second: nop
third:  vmcall
