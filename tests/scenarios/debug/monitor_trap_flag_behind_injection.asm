; SDM vol. 3, "Monitor Trap Flag": if VM entry injects an event, the exit comes before the first
; instruction.

%include "scenario.inc"
%include "guest.inc"

scenario "the monitor trap flag exits behind an injected event, before the handler"

        rule    monitor_trap_flag_behind
        needs   monitor_trap_flag
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EXTERNAL_INTERRUPT(0x30)
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_monitor_trap_flag

        expect  monitor_trap_flag, rip=handler
        otherwise vmcall, rip=there
        holds   STACK+PAGE_SIZE-40, qword=first
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_monitor_trap_flag
        resume
        expect  vmcall, rip=there
        finish

guest CODE

first:  hlt
handler:
        nop
there:  vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x30, handler
