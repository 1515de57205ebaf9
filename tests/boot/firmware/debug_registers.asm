; debug_registers.asm -- breakpoints are set at every access to the null page
        xor     eax, eax
        mov     dr0, eax
        mov     dr1, eax
        mov     eax, 0xf7070f               ; DR0 and DR1, local and global, reads and writes
        mov     dr7, eax
