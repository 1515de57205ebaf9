; SDM vol. 3, "Monitor Trap Flag": what is pending at VM entry is delivered first, and the exit
; comes behind that delivery.

%include "scenario.inc"
%include "guest.inc"

scenario "the monitor trap flag exits behind a single step that was pending at VM entry"

        rule    monitor_trap_flag_behind
        rule_in_part monitor_trap_flag_and_debug_exception
        needs   monitor_trap_flag
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    EXCEPTION_BITMAP, clear=1 << VECTOR_DB
        vmcs    GUEST_RFLAGS, set=RFLAGS_TF
        vmcs    GUEST_PENDING_DEBUG_EXCEPTIONS, value=SINGLE_STEP
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_monitor_trap_flag

        expect  monitor_trap_flag, rip=handler, GUEST_PENDING_DEBUG_EXCEPTIONS=0
        otherwise vmcall, rip=there
        holds   STACK+PAGE_SIZE-40, qword=first
        finish

guest CODE

first:  hlt
handler:
        nop
there:  vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_DB, handler
