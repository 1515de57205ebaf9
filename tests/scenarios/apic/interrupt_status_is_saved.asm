; SDM vol. 3, "Saving Non-Register State"; "Self-IPI Virtualization".

%include "scenario.inc"
%include "apic.inc"

%define VECTOR  0x51

scenario "a VM exit saves the guest interrupt status"

        rule    other_state_saved
        needs   tpr_shadow, virtualize_apic_accesses, virtual_interrupt_delivery
        page    CODE, at=0x1000, access=r-x
        virtual_apic
        page    APIC, at=0x6000, access=rw-
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_virtualize_apic_accesses
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_virtual_interrupt_delivery
        vmcs    APIC_ACCESS_ADDRESS, page=APIC
        vmcs    GUEST_INTERRUPT_STATUS, value=0x4500

        expect  vmcall, GUEST_INTERRUPT_STATUS=0x4500 | VECTOR
        otherwise vmcall, GUEST_INTERRUPT_STATUS=0x4500
        finish

guest CODE

        mov     ebx, APIC
        twist   mov dword [rbx + ICR], 1 << 18 | VECTOR
        untwisted mov eax, 1 << 18 | VECTOR
        vmcall

contents VIRTUAL
        times ISR + VECTORS(0x45) db 0
        dd      VECTOR_BIT(0x45)
