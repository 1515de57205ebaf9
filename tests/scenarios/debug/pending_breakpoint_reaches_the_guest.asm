; SDM vol. 3, "Delivery of Pending Debug Exceptions after VM Entry": if it does not exit, it writes
; DR6 as it always does.

%include "scenario.inc"
%include "guest.inc"

scenario "a breakpoint that is pending at VM entry writes DR6 if the guest takes it itself"

        rule_in_part pending_debug_exceptions_delivered, exception_that_exits_changes_nothing
        page    CODE, at=0x1000, access=r-x
        event_tables
        open_debug_registers
        vmcs    EXCEPTION_BITMAP, clear=1 << VECTOR_DB
        twist   vmcs GUEST_PENDING_DEBUG_EXCEPTIONS, value=ENABLED_BREAKPOINT | BREAKPOINT(3)

        expect  vmcall, rip=there, rax=DR6_FIXED|BREAKPOINT(3)
        otherwise vmcall, rip=first
        holds   STACK+PAGE_SIZE-40, qword=first
        finish

guest CODE

first:  vmcall
handler:
        mov     rax, dr6
there:  vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_DB, handler
