; SDM vol. 3, "APIC-Access VM Exits".

%include "scenario.inc"
%include "apic.inc"

scenario "a write to the APIC-access page exits with its offset, and is not done"

        rule    apic_access_exits
        needs   virtualize_apic_accesses
        page    CODE, at=0x1000, access=r-x
        page    APIC, at=0x6000, access=rw-
        twist   vmcs SECONDARY_CONTROLS, set=SECONDARY_virtualize_apic_accesses
        vmcs    APIC_ACCESS_ADDRESS, page=APIC

        expect  apic_access, qualification=LINEAR_WRITE | EOI, rip=store
        otherwise vmcall
        holds   APIC + EOI, dword=0
        finish

guest CODE

        mov     ebx, APIC
store:  mov     dword [rbx + EOI], 0x1234
        vmcall
