; SDM vol. 3, "Details of Vectored-Event Injection".

%include "scenario.inc"
%include "guest.inc"

scenario "an injected exception reaches the guest though its bit of the exception bitmap is 1"

        rule    injection_ignores_the_exception_bitmap
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    EXCEPTION_BITMAP, value=1 << VECTOR_UD
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, value=HARDWARE_EXCEPTION(VECTOR_UD)

        expect  vmcall, rip=handler
        otherwise exception_or_nmi, vector=VECTOR_UD, rip=first
        finish

guest CODE

first:  ud2
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_UD, handler
