; SDM vol. 3, "Monitor Trap Flag": of an instruction with REP each iteration counts.

%include "scenario.inc"
%include "guest.inc"

scenario "the monitor trap flag exits behind each iteration of REP"

        rule    monitor_trap_flag_behind
        needs   monitor_trap_flag
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x5000, access=rw-
        set     rdi, DATA
        set     rcx, 3
        set     rax, 0x77
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_monitor_trap_flag

        expect  monitor_trap_flag, rip=again, rcx=2, rdi=DATA+1
        otherwise vmcall, rip=done, rcx=0
        holds   DATA, word=0x77
        resume
        expect  monitor_trap_flag, rip=again, rcx=1, rdi=DATA+2
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_monitor_trap_flag
        resume
        expect  vmcall, rip=done, rcx=0, rdi=DATA+3
        finish

guest CODE

again:  rep stosb
done:   vmcall
