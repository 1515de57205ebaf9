; SDM vol. 3, "Guest-Physical Accesses to the APIC-Access Page": they are never virtualized, and the
; offset in the exit qualification is undefined.

%include "scenario.inc"
%include "guest.inc"
%include "apic.inc"

scenario "a page walk through the APIC-access page exits as a guest-physical access"

        rule    apic_access_exits
        needs   virtualize_apic_accesses
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rw-
        own_paging
        twist   vmcs SECONDARY_CONTROLS, set=SECONDARY_virtualize_apic_accesses
        vmcs    APIC_ACCESS_ADDRESS, page=PT

        expect  apic_access, qualification=PHYSICAL_ACCESS | ANY_OFFSET?, rip=load
        otherwise vmcall, rax=0
        finish

guest CODE

        mov     rbx, HIGH
load:   mov     rax, [rbx]
        vmcall

        map_high pte=DATA + LEAF
