; A convertible EPT violation is exception 20 for the guest, without an error code.
; SDM vol. 3, "Convertible EPT Violations"; "Delivery of Virtualization Exceptions".

%include "scenario.inc"

%define TOP             STACK + PAGE_SIZE
%define VE              20

scenario "an EPT violation that becomes a #VE goes through the guest's IDT"

        needs   ept_violation_ve
        page    CODE,  at=0x1000, access=r-x
        page    GDT,   at=0x2000, access=r--
        page    IDT,   at=0x3000, access=r--
        page    STACK, at=0x4000, access=rw-
        page    INFO,  at=0x5000, access=---
        page    DATA,  at=0x6000, access=---

        set     rsp, TOP
        vmcs    GUEST_GDTR_BASE,  value=GDT
        vmcs    GUEST_GDTR_LIMIT, value=0x17
        vmcs    GUEST_IDTR_BASE,  value=IDT
        vmcs    GUEST_IDTR_LIMIT, value=16 * VE + 15
        vmcs    EXCEPTION_BITMAP, clear=1 << VE
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_ept_violation_ve
        vmcs    VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, page=INFO

        expect  vmcall, rip=handler, rsp=TOP-40
        holds   TOP-40, qword=load
        finish

guest CODE

        nop
load:   mov     rax, [DATA]

handler:
        vmcall

contents GDT

        dq      0, 0x00af9b000000ffff   ; 64-bit code
        dq      0x00cf93000000ffff      ; data

contents IDT

        times 2 * VE dq 0
        dw      handler, 8, 0x8e00, 0   ; interrupt gate
        dd      0, 0
