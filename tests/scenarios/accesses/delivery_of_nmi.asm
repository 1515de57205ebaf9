; The NMI was not delivered.  So the script unblocks NMIs and injects it again; its IRET ends it.
; SDM vol. 3, "Information for VM Exits During Event Delivery".

%include "scenario.inc"
%include "guest.inc"

%define BLOCKING_BY_NMI (1 << 3)

scenario "an EPT violation during the delivery of an NMI tells that it was one"

        rule    idt_vectoring_information
        needs   virtual_nmis
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_virtual_nmis

        expect  vmcall
        remap   IDT, access=---
        invept
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=NMI
        resume  at=start

        expect  ept_violation, gpa=IDT+16*2|0xf?, access=read, rip=start, \
                IDT_VECTORING_INFORMATION=NMI|UNDEFINED_BIT?
        remap   IDT, access=r--
        vmcs    GUEST_INTERRUPTIBILITY_STATE, clear=BLOCKING_BY_NMI
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=NMI
        resume

        expect  vmcall, rip=handler, GUEST_INTERRUPTIBILITY_STATE=BLOCKING_BY_NMI
        skip
        expect  vmcall, rip=start, GUEST_INTERRUPTIBILITY_STATE=0
        finish

guest CODE

        vmcall
start:  vmcall
handler:
        vmcall
        iretq

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    2, handler
