; shadow_stack.asm -- shadow stacks are on, so that the first RET would be #CP
IA32_S_CET      equ     0x6a2
SHADOW_STACK    equ     1 << 0
        mov     eax, cr0
        or      eax, CR0_WP
        mov     cr0, eax
        set_cr4 CR4_CET
        write_msr IA32_S_CET, SHADOW_STACK
