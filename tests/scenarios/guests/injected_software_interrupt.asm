; The return address is behind the instruction, whose length the VM entry is told.
; SDM vol. 3, "Event Injection"; "VM-Entry Controls for Event Injection" (VM-entry instruction
; length).

%include "scenario.inc"

%define SOFTWARE        0x80000430      ; valid, software interrupt, vector 0x30
%define TOP             STACK + PAGE_SIZE

scenario "an injected software interrupt returns behind its instruction"

        page    CODE,  at=0x1000, access=r-x
        page    GDT,   at=0x2000, access=r--
        page    IDT,   at=0x3000, access=r--
        page    STACK, at=0x4000, access=rw-

        set     rsp, TOP
        vmcs    GUEST_GDTR_BASE,  value=GDT
        vmcs    GUEST_GDTR_LIMIT, value=0x17
        vmcs    GUEST_IDTR_BASE,  value=IDT
        vmcs    GUEST_IDTR_LIMIT, value=0x30f
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=SOFTWARE
        vmcs    ENTRY_INSTRUCTION_LENGTH,       value=2

        expect  vmcall, rip=handler
        holds   TOP-40, qword=start+2
        skip

        expect  vmcall, rip=start+2
        finish

guest CODE

start:  int     0x30
        vmcall

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
