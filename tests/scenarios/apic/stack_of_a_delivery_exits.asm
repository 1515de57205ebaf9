; SDM vol. 3, "APIC-Access VM Exits"; "Information for VM Exits During Event Delivery".  In which
; order the delivery writes to the stack, the SDM leaves open.

%include "scenario.inc"
%include "guest.inc"
%include "apic.inc"

scenario "the delivery of an event to a stack in the APIC-access page exits with a type of its own"

        rule    apic_access_exits
        needs   virtualize_apic_accesses
        page    CODE, at=0x1000, access=r-x
        event_tables
        page    APIC, at=0x6000, access=rw-
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_virtualize_apic_accesses
        vmcs    APIC_ACCESS_ADDRESS, page=APIC
        twist   set rsp, APIC + PAGE_SIZE

        expect  apic_access, qualification=LINEAR_DELIVERY | 0xfc0 | 0x3f?, rip=event, \
                IDT_VECTORING_INFORMATION=SOFTWARE_INTERRUPT(0x30)|UNDEFINED_BIT?
        otherwise vmcall
        finish

guest CODE

event:  int     0x30
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x30, handler
