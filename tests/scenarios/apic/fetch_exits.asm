; SDM vol. 3, "APIC-Access VM Exits": a fetch is never virtualized.

%include "scenario.inc"
%include "apic.inc"

scenario "an instruction fetch from the APIC-access page exits with its offset"

        rule    apic_access_exits
        needs   virtualize_apic_accesses
        page    CODE, at=0x1000, access=r-x
        page    APIC, at=0x6000, access=rwx
        twist   vmcs SECONDARY_CONTROLS, set=SECONDARY_virtualize_apic_accesses
        vmcs    APIC_ACCESS_ADDRESS, page=APIC

        expect  apic_access, qualification=LINEAR_FETCH | 0x100, rip=APIC + 0x100
        otherwise vmcall
        finish

guest CODE

        mov     ebx, APIC + 0x100
        jmp     rbx

contents APIC
        times 0x100 db 0
        vmcall
