; What the exception bitmap leaves out is the guest's own affair.
; SDM vol. 3, "Exception Bitmap".

%include "scenario.inc"

%define TOP             STACK + PAGE_SIZE

scenario "an exception that does not exit goes through the guest's IDT"

        page    CODE,  at=0x1000, access=r-x
        page    GDT,   at=0x2000, access=r--
        page    IDT,   at=0x3000, access=r--
        page    STACK, at=0x4000, access=rw-

        set     rsp, TOP
        vmcs    GUEST_GDTR_BASE,  value=GDT
        vmcs    GUEST_GDTR_LIMIT, value=0x17
        vmcs    GUEST_IDTR_BASE,  value=IDT
        vmcs    GUEST_IDTR_LIMIT, value=0x30f
        vmcs    EXCEPTION_BITMAP, clear=1 << 6

        expect  vmcall, rip=handler, rsp=TOP-40
        holds   TOP-40, qword=bad
        finish

guest CODE

        nop
bad:    ud2

handler:
        vmcall

contents GDT

        dq      0, 0x00af9b000000ffff   ; 64-bit code
        dq      0x00cf93000000ffff      ; data

contents IDT

        times 2 * 6 dq 0
        dw      handler, 8, 0x8e00, 0   ; interrupt gate
        dd      0, 0
