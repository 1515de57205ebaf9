; SDM vol. 3, "APIC-Access VM Exits"; "Information for VM Exits During Event Delivery".

%include "scenario.inc"
%include "guest.inc"
%include "apic.inc"

scenario "the delivery of an event through an IDT in the APIC-access page exits"

        rule    apic_access_exits
        needs   virtualize_apic_accesses
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_virtualize_apic_accesses
        twist   vmcs APIC_ACCESS_ADDRESS, page=IDT
        untwisted vmcs APIC_ACCESS_ADDRESS, page=STACK
        untwisted set rsp, IDT + PAGE_SIZE

        expect  apic_access, qualification=LINEAR_DELIVERY | 16 * 0x30 | 0xf?, rip=event, \
                IDT_VECTORING_INFORMATION=SOFTWARE_INTERRUPT(0x30)|UNDEFINED_BIT?
        otherwise ept_violation, gpa=IDT + PAGE_SIZE - 64 | 63?, access=write, allowed=r--, \
                IDT_VECTORING_INFORMATION=SOFTWARE_INTERRUPT(0x30)|UNDEFINED_BIT?
        finish

guest CODE

event:  int     0x30
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x30, handler
