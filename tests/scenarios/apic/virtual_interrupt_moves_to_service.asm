; SDM vol. 3, "Virtual-Interrupt Delivery"; "EOI Virtualization".

%include "scenario.inc"
%include "guest.inc"
%include "apic.inc"

%define VECTOR  0x51

scenario "a virtual interrupt moves from IRR and RVI to ISR and SVI, and its EOI may exit"

        rule    virtual_interrupt_delivery, virtualized_eoi_exits
        needs   tpr_shadow, virtualize_apic_accesses, virtual_interrupt_delivery
        page    CODE, at=0x1000, access=r-x
        event_tables
        virtual_apic
        page    APIC, at=0x6000, access=rw-
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_virtualize_apic_accesses
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_virtual_interrupt_delivery
        vmcs    APIC_ACCESS_ADDRESS, page=APIC
        twist   vmcs EOI_EXIT_BITMAP_1, value=1 << VECTOR - 64
        untwisted vmcs EOI_EXIT_BITMAP_1, value=~(1 << VECTOR - 64)

        expect  vmcall, rip=warm
        vmcs    GUEST_INTERRUPT_STATUS, value=VECTOR
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        skip

        expect  vmcall, rip=handler, GUEST_INTERRUPT_STATUS=VECTOR << 8
        holds   VIRTUAL + IRR + VECTORS(VECTOR), dword=0
        holds   VIRTUAL + ISR + VECTORS(VECTOR), dword=VECTOR_BIT(VECTOR)
        holds   VIRTUAL + PPR, dword=VECTOR & 0xf0
        skip

        expect  virtualized_eoi, qualification=VECTOR, rip=behind, GUEST_INTERRUPT_STATUS=0
        otherwise vmcall, rip=behind, GUEST_INTERRUPT_STATUS=0
        holds   VIRTUAL + ISR + VECTORS(VECTOR), dword=0
        finish

guest CODE

        mov     rax, [GDT]              ; so that an L0 has all of it when it delivers
        mov     rax, [IDT]
        mov     [STACK], rax
warm:   vmcall
        hlt
handler:
        vmcall
        mov     ebx, APIC
        mov     dword [rbx + EOI], 0
behind: vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR, handler
contents VIRTUAL
        times IRR + VECTORS(VECTOR) db 0
        dd      VECTOR_BIT(VECTOR)
