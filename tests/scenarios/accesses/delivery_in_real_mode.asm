; The interrupt vector table is at address 0, with four bytes for each vector.
; SDM vol. 3, "Interrupt and Exception Handling" (real-address mode); "Information for VM Exits
; During Event Delivery".

%include "scenario.inc"
%include "guest.inc"

%define EVENT   SOFTWARE_INTERRUPT(0x21)

scenario "INT n in real mode traps where the interrupt vector table is absent"

        page    VECTORS, at=0,      access=---
        page    CODE,    at=0x1000, access=r-x
        page    STACK,   at=0x2000, access=rw-
        set     rsp, STACK + 0x800
        vmcs    GUEST_IDTR_LIMIT, value=0x3ff

        expect  ept_violation, gpa=VECTORS+4*0x21|3?, gla=VECTORS+4*0x21|3?, access=read, \
                allowed=---, rip=call_it, IDT_VECTORING_INFORMATION=EVENT|UNDEFINED_BIT?
        remap   VECTORS, access=r--
        resume

        expect  vmcall, rip=handler, rsp=STACK+0x800-6
        holds   STACK+0x800-6, word=behind
        finish

guest CODE, mode=real16

call_it:
        int     0x21
behind: hlt
handler:
        vmcall

contents VECTORS
        times 4 * 0x21 db 0
        dw      handler, 0
