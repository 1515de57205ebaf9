; SDM vol. 3, "Information for VM Exits During Event Delivery".

%include "scenario.inc"
%include "guest.inc"

scenario "an EPT violation during the delivery of an NMI tells that it was one"

        page    CODE, at=0x1000, access=r-x
        event_tables

        expect  vmcall
        remap   IDT, access=---
        invept
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=NMI
        resume  at=start

        expect  ept_violation, gpa=IDT+16*2|0xf?, access=read, rip=start, \
                IDT_VECTORING_INFORMATION=NMI|UNDEFINED_BIT?
        finish

guest CODE

        vmcall
start:  hlt

contents IDT
        gate    2, start
