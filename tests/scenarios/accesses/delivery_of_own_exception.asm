; The guest itself caused this exception.  The exit names it, so that a VM entry can inject it.
; SDM vol. 3, "Information for VM Exits During Event Delivery".

%include "scenario.inc"
%include "guest.inc"

%define EVENT   HARDWARE_EXCEPTION(VECTOR_UD)

scenario "an EPT violation during the delivery of the guest's own exception tells which it was"

        rule    idt_vectoring_information
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    EXCEPTION_BITMAP, clear=1 << VECTOR_UD

        expect  vmcall
        remap   IDT, access=---
        invept
        skip

        expect  ept_violation, gpa=IDT+16*VECTOR_UD|0xf?, access=read, rip=bad, \
                IDT_VECTORING_INFORMATION=EVENT|UNDEFINED_BIT?
        remap   IDT, access=r--
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EVENT
        resume

        expect  vmcall, rip=handler, IDT_VECTORING_INFORMATION=NO_EVENT
        holds   STACK+PAGE_SIZE-40, qword=bad
        finish

guest CODE

        vmcall
bad:    ud2
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_UD, handler
