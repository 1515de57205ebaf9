; msrs.asm -- every type of IA32_PAT is UC, and IA32_EFER has SYSCALL enabled
IA32_PAT        equ     0x277
IA32_EFER       equ     0xc0000080
        write_msr IA32_PAT, 0
        write_msr IA32_EFER, EFER_SCE
