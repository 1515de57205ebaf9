; nmi_block.asm -- begins blocking by NMI (SDM vol. 3, "Handling Multiple NMIs")
;
;       void nmi_block(void);
;       void nmi_blocked(void);
;
; nmi_block() sends an NMI to this processor and waits for it a while.  Its handler ends with
; nmi_blocked(), which goes on where nmi_block() was called: without an IRET, so that NMIs stay
; blocked.

extern apic_nmi_self

WAITS   equ     1 << 16

section .bss
stack:  resq    1

bits 64
section .text

global nmi_block
nmi_block:
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     [stack], rsp
        call    apic_nmi_self
        mov     ecx, WAITS
.wait:  pause
        dec     ecx
        jnz     .wait
        jmp     nmi_blocked

global nmi_blocked
nmi_blocked:
        mov     rsp, [stack]
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret
