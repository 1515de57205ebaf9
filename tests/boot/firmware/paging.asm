; paging.asm -- paging is on, by pages of 4 MiB that map every address to itself; multiboot2 and PVH
; forbid that
PAGE_OF_4_MIB   equ     PAGING_PRESENT | PAGING_WRITABLE | PAGING_LARGE
        set_cr4 CR4_PSE
        mov     eax, paging_directory
        mov     cr3, eax
        mov     eax, cr0
        or      eax, CR0_PG
        mov     cr0, eax
        jmp     paging_is_on
        align   4096
paging_directory:
%assign page 0
%rep 1024
        dd      (page << 22) | PAGE_OF_4_MIB
%assign page page + 1
%endrep
paging_is_on:
