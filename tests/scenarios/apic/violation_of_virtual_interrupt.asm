; SDM vol. 3, "Virtual-Interrupt Delivery"; "Information for VM Exits During Event Delivery".

%include "scenario.inc"
%include "guest.inc"
%include "apic.inc"

%define VECTOR  0x51

scenario "an EPT violation during the delivery of a virtual interrupt tells that interrupt"

        rule    virtual_interrupt_delivery, idt_vectoring_of_ept_violation
        needs   tpr_shadow, virtual_interrupt_delivery
        page    CODE, at=0x1000, access=r-x
        event_tables
        virtual_apic
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_virtual_interrupt_delivery
        vmcs    GUEST_INTERRUPT_STATUS, value=VECTOR

        expect  vmcall
        twist   remap IDT, access=---
        invept
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        skip

        expect  ept_violation, gpa=IDT+16*VECTOR|0xf?, access=read, allowed=---, \
                IDT_VECTORING_INFORMATION=EXTERNAL_INTERRUPT(VECTOR)|UNDEFINED_BIT?
        otherwise vmcall, rip=handler
        finish

guest CODE

        vmcall
        hlt
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR, handler
contents VIRTUAL
        times IRR + VECTORS(VECTOR) db 0
        dd      VECTOR_BIT(VECTOR)
