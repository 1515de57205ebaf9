; The interrupt is delivered before the guest runs its first instruction: RIP, CS, RFLAGS, RSP and
; SS are on the stack, and the interruption information is no longer valid.
; SDM vol. 3, "Event Injection"; "Vectored-Event Injection"; "64-Bit Mode Stack Frame".

%include "scenario.inc"

%define INTERRUPT       0x80000030      ; valid, external interrupt, vector 0x30
%define RFLAGS_IF       0x200
%define TOP             STACK + PAGE_SIZE

scenario "an injected interrupt goes through the guest's IDT, and IRETQ comes back"

        page    CODE,  at=0x1000, access=r-x
        page    GDT,   at=0x2000, access=r--
        page    IDT,   at=0x3000, access=r--
        page    STACK, at=0x4000, access=rw-

        set     rsp, TOP
        vmcs    GUEST_GDTR_BASE,  value=GDT
        vmcs    GUEST_GDTR_LIMIT, value=0x17
        vmcs    GUEST_IDTR_BASE,  value=IDT
        vmcs    GUEST_IDTR_LIMIT, value=0x30f
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=INTERRUPT

        expect  vmcall, rip=handler, rsp=TOP-40, rflags=2, \
                ENTRY_INTERRUPTION_INFORMATION=INTERRUPT & 0x7fffffff
        holds   TOP-40, qword=start
        holds   TOP-32, qword=8
        holds   TOP-24, qword=2 | RFLAGS_IF
        holds   TOP-16, qword=TOP
        holds   TOP-8,  qword=0x10
        skip

        expect  vmcall, rip=start, rsp=TOP, rflags=2 | RFLAGS_IF
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

        times 2 * 0x30 dq 0
        dw      handler, 8, 0x8e00, 0   ; interrupt gate
        dd      0, 0
