; SDM vol. 3, "Details of Vectored-Event Injection"; "Information for VM Exits During Event
; Delivery": the guest gets the page fault, and what goes wrong then is its own fault.

%include "scenario.inc"
%include "guest.inc"

%define PAGE_FAULT      HARDWARE_EXCEPTION(VECTOR_PF) | WITH_ERROR_CODE

scenario "an injected page fault whose gate is not present exits for that, and tells of both"

        rule    injection_ignores_the_exception_bitmap, idt_vectoring_of_injected_event
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=PAGE_FAULT
        vmcs    ENTRY_EXCEPTION_ERROR_CODE, value=PF_WRITE | PF_USER

        expect  exception_or_nmi, vector=VECTOR_NP, error=VECTOR_PF<<3|3, rip=first, \
                IDT_VECTORING_INFORMATION=PAGE_FAULT|UNDEFINED_BIT?, \
                IDT_VECTORING_ERROR_CODE=PF_WRITE|PF_USER
        otherwise vmcall, rip=handler
        finish

guest CODE

first:  hlt
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        times 16 * VECTOR_PF db 0
        dw      handler, 8
        twist   dw 0x0e00               ; an interrupt gate that is not present
        untwisted dw 0x8e00
