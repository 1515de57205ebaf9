; nmi_unblock.asm -- ends blocking by NMI (SDM vol. 3, "Handling Multiple NMIs")

bits 64
section .text

global nmi_unblock
nmi_unblock:                                    ; void nmi_unblock(void);
        pop     rdx                             ; where to return to
        mov     rax, rsp
        mov     ecx, ss
        push    rcx
        push    rax
        pushfq
        mov     ecx, cs
        push    rcx
        push    rdx
        iretq
