; SDM vol. 3, "Virtualizing Reads from the APIC-Access Page".

%include "scenario.inc"
%include "apic.inc"

scenario "with APIC-register virtualization a read of a register reaches the virtual-APIC page"

        rule    apic_register_virtualization
        needs   tpr_shadow, virtualize_apic_accesses, apic_registers
        page    CODE, at=0x1000, access=r-x
        virtual_apic
        page    APIC, at=0x6000, access=rw-
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_virtualize_apic_accesses
        twist   vmcs SECONDARY_CONTROLS, set=SECONDARY_apic_register_virtualization
        vmcs    APIC_ACCESS_ADDRESS, page=APIC

        expect  vmcall, rax=0x1234
        otherwise apic_access, qualification=0x20
        finish

guest CODE

        mov     ebx, APIC
        mov     eax, [rbx + 0x20]
        vmcall

contents VIRTUAL
        times 0x20 db 0
        dd      0x1234
contents APIC
        times 0x20 db 0
        dd      0x5678
