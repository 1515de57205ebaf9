; An interrupt is injected, and the IDT is not there: the exit keeps what was being delivered, so
; that it can be injected once more.
; SDM vol. 3, "Information for VM Exits During Event Delivery".

%include "scenario.inc"

%define INTERRUPT       0x80000030      ; valid, external interrupt, vector 0x30
%define VALID           (1 << 31)
%define UNDEFINED       (1 << 12)
%define RFLAGS_IF       0x200

scenario "an EPT violation during the delivery of an interrupt tells which interrupt it was"

        page    CODE,  at=0x1000, access=r-x
        page    GDT,   at=0x2000, access=r--
        page    IDT,   at=0x3000, access=---
        page    STACK, at=0x4000, access=rw-

        set     rsp, STACK + PAGE_SIZE
        vmcs    GUEST_RFLAGS,     set=RFLAGS_IF
        vmcs    GUEST_GDTR_BASE,  value=GDT
        vmcs    GUEST_GDTR_LIMIT, value=0x0f
        vmcs    GUEST_IDTR_BASE,  value=IDT
        vmcs    GUEST_IDTR_LIMIT, value=0x30f
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=INTERRUPT

        expect  ept_violation, access=read, allowed=---, rip=start, \
                IDT_VECTORING_INFORMATION=INTERRUPT|UNDEFINED?
        remap   IDT, access=r--
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=INTERRUPT
        resume

        expect  vmcall, rip=handler, IDT_VECTORING_INFORMATION=0|~VALID?
        finish

guest CODE

start:  hlt
handler:
        vmcall

contents GDT

        dq      0, 0x00af9b000000ffff   ; 64-bit code

contents IDT

        times 2 * 0x30 dq 0
        dw      handler, 8, 0x8e00, 0   ; interrupt gate
        dd      0, 0
