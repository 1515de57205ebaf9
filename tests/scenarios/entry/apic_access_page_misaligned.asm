; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses an APIC-access page that is not page-aligned"

        rule_in_part apic_access_misaligned
        needs   virtualize_apic_accesses
        page    CODE, at=0x1000, access=r-x
        page    APIC, at=0x2000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_virtualize_apic_accesses
        vmcs    APIC_ACCESS_ADDRESS, page=APIC
        twist   vmcs APIC_ACCESS_ADDRESS, set=0x10

        expect  refused_controls
        finish

guest CODE

never:  hlt
