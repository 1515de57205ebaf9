; An interrupt is injected, but the IDT is not present.  The exit tells which event was being
; delivered, so that it can be injected again.
; SDM vol. 3, "Information for VM Exits During Event Delivery".

%include "scenario.inc"
%include "guest.inc"

%define INTERRUPT       EXTERNAL_INTERRUPT(0x30)

scenario "an EPT violation during the delivery of an interrupt tells which interrupt it was"

        page    CODE, at=0x1000, access=r-x
        event_tables
        entry   IDT, level=pt, access=---
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=INTERRUPT

        expect  ept_violation, access=read, allowed=---, rip=start, \
                IDT_VECTORING_INFORMATION=INTERRUPT|UNDEFINED_BIT?
        remap   IDT, access=r--
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=INTERRUPT
        resume

        expect  vmcall, rip=handler, IDT_VECTORING_INFORMATION=NO_EVENT
        finish

guest CODE

start:  hlt
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x30, handler
