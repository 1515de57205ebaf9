; nmi_unblock.asm -- ends blocking by NMI (SDM vol. 3, "Handling Multiple NMIs")
;
;       void nmi_unblock(void);
;
; The IRET that does so also loads the kernel's CS and SS, and RFLAGS without any flag.

%include "kernel/bits.inc"
%include "kernel/selectors.inc"

bits 64
section .text

global nmi_unblock
nmi_unblock:
        pop     rdx                             ; where to return to
        mov     rax, rsp
        push    KERNEL_DATA
        push    rax
        push    RFLAGS_FIXED
        push    KERNEL_CODE
        push    rdx
        iretq
