; SDM vol. 3, "Priority of APIC-Access VM Exits".

%include "scenario.inc"
%include "guest.inc"

scenario "an access to the APIC-access page that the guest's paging does not allow is a page fault"

        rule    apic_access_page
        needs   virtualize_apic_accesses
        page    CODE, at=0x1000, access=r-x
        page    APIC, at=0x6000, access=rw-
        own_paging
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_virtualize_apic_accesses
        vmcs    APIC_ACCESS_ADDRESS, page=APIC

        expect  exception_or_nmi, vector=VECTOR_PF, error=0, qualification=HIGH + 8, rip=load
        otherwise apic_access, qualification=8
        finish

guest CODE

        mov     rbx, HIGH
load:   mov     eax, [rbx + 8]
        vmcall

        twist   map_high pte=APIC + LEAF - PRESENT
        untwisted map_high pte=APIC + LEAF
