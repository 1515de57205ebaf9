; An NMI that is delivered blocks further ones until IRET.
; SDM vol. 3, "Event Injection"; "Interruptibility State", bit 3.

%include "scenario.inc"

%define NMI             0x80000202      ; valid, NMI, vector 2
%define BLOCKING_BY_NMI 8
%define TOP             STACK + PAGE_SIZE

scenario "an injected NMI blocks NMIs until IRET"

        needs   virtual_nmis
        page    CODE,  at=0x1000, access=r-x
        page    GDT,   at=0x2000, access=r--
        page    IDT,   at=0x3000, access=r--
        page    STACK, at=0x4000, access=rw-

        set     rsp, TOP
        vmcs    GUEST_GDTR_BASE,  value=GDT
        vmcs    GUEST_GDTR_LIMIT, value=0x17
        vmcs    GUEST_IDTR_BASE,  value=IDT
        vmcs    GUEST_IDTR_LIMIT, value=0x30f
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_virtual_nmis
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=NMI

        expect  vmcall, rip=handler, GUEST_INTERRUPTIBILITY_STATE=BLOCKING_BY_NMI
        skip

        expect  vmcall, rip=start, GUEST_INTERRUPTIBILITY_STATE=0
        finish

guest CODE

start:  vmcall

handler:
        vmcall
        iretq

contents GDT

        dq      0, 0x00af9b000000ffff   ; 64-bit code
        dq      0x00cf93000000ffff      ; data

contents IDT

        times 2 * 2 dq 0
        dw      handler, 8, 0x8e00, 0   ; interrupt gate
        dd      0, 0
