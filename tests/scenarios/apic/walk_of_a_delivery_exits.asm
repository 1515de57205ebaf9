; SDM vol. 3, "Guest-Physical Accesses to the APIC-Access Page".

%include "scenario.inc"
%include "guest.inc"
%include "apic.inc"

scenario "a page walk through the APIC-access page during the delivery of an event has its own type"

        rule    apic_access_exits
        needs   virtualize_apic_accesses
        page    CODE, at=0x1000, access=r-x
        event_tables
        own_paging
        vmcs    GUEST_IDTR_BASE, value=HIGH
        twist   vmcs SECONDARY_CONTROLS, set=SECONDARY_virtualize_apic_accesses
        vmcs    APIC_ACCESS_ADDRESS, page=PT

        expect  apic_access, qualification=PHYSICAL_DELIVERY | ANY_OFFSET?, rip=event, \
                IDT_VECTORING_INFORMATION=SOFTWARE_INTERRUPT(0x30)|UNDEFINED_BIT?
        otherwise vmcall
        finish

guest CODE

event:  int     0x30
handler:
        vmcall

        map_high pte=IDT + LEAF
contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x30, handler
