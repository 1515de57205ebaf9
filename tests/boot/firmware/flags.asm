; flags.asm -- EFLAGS has NT, AC and IOPL 3, which the boot protocols leave open; NT makes IRETQ fault
IOPL_3          equ     3 << 12
        push    dword RFLAGS_FIXED | RFLAGS_NT | RFLAGS_AC | IOPL_3
        popfd
