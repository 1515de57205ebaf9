; SDM vol. 3, "Event Injection"; "Vectored-Event Injection": with an error code, on top of the
; frame.

%include "scenario.inc"

%define PROTECTION      0x80000b0d      ; valid, error code, hardware exception, vector 13
%define TOP             STACK + PAGE_SIZE

scenario "an injected exception brings its error code"

        page    CODE,  at=0x1000, access=r-x
        page    GDT,   at=0x2000, access=r--
        page    IDT,   at=0x3000, access=r--
        page    STACK, at=0x4000, access=rw-

        set     rsp, TOP
        vmcs    GUEST_GDTR_BASE,  value=GDT
        vmcs    GUEST_GDTR_LIMIT, value=0x17
        vmcs    GUEST_IDTR_BASE,  value=IDT
        vmcs    GUEST_IDTR_LIMIT, value=0x30f
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=PROTECTION
        vmcs    ENTRY_EXCEPTION_ERROR_CODE,     value=0x58

        expect  vmcall, rip=handler, rsp=TOP-48
        holds   TOP-48, qword=0x58
        holds   TOP-40, qword=start
        finish

guest CODE

start:  hlt
handler:
        vmcall

contents GDT

        dq      0, 0x00af9b000000ffff   ; 64-bit code
        dq      0x00cf93000000ffff      ; data

contents IDT

        times 2 * 13 dq 0
        dw      handler, 8, 0x8e00, 0   ; interrupt gate
        dd      0, 0
