; SDM vol. 3, "Delivery of Pending Debug Exceptions after VM Entry": bit 12 makes it valid.

%include "scenario.inc"
%include "guest.inc"

scenario "a breakpoint that is pending at VM entry is delivered before the first instruction"

        rule    pending_debug_exceptions_delivered
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_PENDING_DEBUG_EXCEPTIONS, value=BREAKPOINT(2)
        twist   vmcs GUEST_PENDING_DEBUG_EXCEPTIONS, set=ENABLED_BREAKPOINT

        expect  exception_or_nmi, vector=VECTOR_DB, rip=first, qualification=BREAKPOINT(2), \
                GUEST_PENDING_DEBUG_EXCEPTIONS=0
        otherwise vmcall, rip=first
        resume
        expect  vmcall, rip=first
        finish

guest CODE

first:  vmcall
