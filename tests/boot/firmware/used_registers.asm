; used_registers.asm -- CR2, x87 and SSE hold what a firmware used them for
        mov     eax, 0x1234
        mov     cr2, eax
        set_cr4 CR4_OSFXSR
        fld1
        movd    xmm7, eax
        push    dword 0x9f80                    ; flush to zero
        ldmxcsr [esp]
        pop     eax
