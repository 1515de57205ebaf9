; SDM vol. 3, "Monitor Trap Flag": of an instruction that causes an event the delivery counts.

%include "scenario.inc"
%include "guest.inc"

scenario "the monitor trap flag exits behind the delivery of INT1, before the handler"

        rule    monitor_trap_flag_behind
        needs   monitor_trap_flag
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    EXCEPTION_BITMAP, clear=1 << VECTOR_DB
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_monitor_trap_flag

        expect  monitor_trap_flag, rip=handler
        otherwise vmcall, rip=there
        holds   STACK+PAGE_SIZE-40, qword=behind
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_monitor_trap_flag
        resume
        expect  vmcall, rip=there
        finish

guest CODE

        int1
behind: hlt
handler:
        nop
there:  vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_DB, handler
