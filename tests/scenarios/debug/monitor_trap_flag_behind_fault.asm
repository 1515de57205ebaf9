; SDM vol. 3, "Monitor Trap Flag": if the first instruction faults, the exit comes when the fault
; has been delivered.

%include "scenario.inc"
%include "guest.inc"

scenario "the monitor trap flag exits behind the delivery of a fault, before the handler"

        rule    monitor_trap_flag_behind
        needs   monitor_trap_flag
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    EXCEPTION_BITMAP, clear=1 << VECTOR_UD
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_monitor_trap_flag

        expect  monitor_trap_flag, rip=handler
        otherwise vmcall, rip=there
        holds   STACK+PAGE_SIZE-40, qword=first
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_monitor_trap_flag
        resume
        expect  vmcall, rip=there
        finish

guest CODE

first:  ud2
handler:
        nop
there:  vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_UD, handler
