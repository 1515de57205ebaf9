; SDM vol. 3, "Priority of APIC-Access VM Exits".

%include "scenario.inc"

scenario "an access to the APIC-access page that EPT does not allow is an EPT violation"

        rule    apic_access_page
        needs   virtualize_apic_accesses
        page    CODE, at=0x1000, access=r-x
        twist   page APIC, at=0x6000, access=r--
        untwisted page APIC, at=0x6000, access=rw-
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_virtualize_apic_accesses
        vmcs    APIC_ACCESS_ADDRESS, page=APIC

        expect  ept_violation, gpa=APIC + 8, access=write, allowed=r--, rip=store
        otherwise apic_access, qualification=0x1008
        finish

guest CODE

        mov     ebx, APIC
store:  mov     [rbx + 8], eax
        vmcall
