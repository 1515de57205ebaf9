; SDM vol. 3, "Delivery of Pending Debug Exceptions after VM Entry": the entry that injects an
; interrupt, an NMI or an exception of the hardware forgets them.

%include "scenario.inc"
%include "guest.inc"

scenario "a VM entry that injects an interrupt delivers no debug exception that is pending"

        rule    pending_debug_exceptions_delivered
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        vmcs    GUEST_PENDING_DEBUG_EXCEPTIONS, value=ENABLED_BREAKPOINT | BREAKPOINT(0)
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, value=EXTERNAL_INTERRUPT(0x30)

        expect  vmcall, rip=handler, GUEST_PENDING_DEBUG_EXCEPTIONS=0
        otherwise exception_or_nmi, vector=VECTOR_DB, rip=first, qualification=BREAKPOINT(0)
        skip
        expect  vmcall, rip=first
        finish

guest CODE

first:  vmcall
handler:
        vmcall
        iretq

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x30, handler
