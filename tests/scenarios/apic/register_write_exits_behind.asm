; SDM vol. 3, "APIC-Write VM Exits".

%include "scenario.inc"
%include "apic.inc"

scenario "with APIC-register virtualization a write of a register exits behind the instruction"

        rule    apic_write_exits
        needs   tpr_shadow, virtualize_apic_accesses, apic_registers
        page    CODE, at=0x1000, access=r-x
        virtual_apic
        page    APIC, at=0x6000, access=rw-
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_virtualize_apic_accesses
        twist   vmcs SECONDARY_CONTROLS, set=SECONDARY_apic_register_virtualization
        vmcs    APIC_ACCESS_ADDRESS, page=APIC

        expect  apic_write, qualification=0x350, rip=behind
        otherwise apic_access, qualification=LINEAR_WRITE | 0x350
        holds   VIRTUAL + 0x350, dword=0x1234
        finish

guest CODE

        mov     ebx, APIC
        mov     dword [rbx + 0x350], 0x1234
behind: vmcall
