; In real mode the IDT is the interrupt vector table: a segment and an offset for each vector.
; SDM vol. 3, "Interrupt and Exception Handling" (real-address mode).

%include "scenario.inc"

scenario "a real-mode guest handles INT n through its interrupt vector table"

        page    VECTORS, at=0,      access=r--
        page    CODE,    at=0x1000, access=r-x
        page    STACK,   at=0x2000, access=rw-
        vmcs    GUEST_IDTR_LIMIT, value=0x3ff
        set     rsp, STACK + PAGE_SIZE

        expect  vmcall, rip=handler, rsp=STACK+PAGE_SIZE-6
        holds   STACK+0xffa, word=after         ; IP, CS and FLAGS
        holds   STACK+0xffc, word=0
        skip
        expect  vmcall, rip=after, rsp=STACK+PAGE_SIZE
        finish

guest CODE, mode=real16

        int     0x21
after:  vmcall

handler:
        vmcall
        iret

contents VECTORS

        times 0x21 dd 0
        dw      handler, 0
