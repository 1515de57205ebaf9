; memory_above_4_gib.asm -- the first range of the memory map is above 4 GiB (PVH alone)
START_INFO_MAP  equ     40
GIB             equ     1 << 30
        mov     eax, [ebx + START_INFO_MAP]
        mov     dword [eax], GIB
        mov     dword [eax + 4], 1      ; the start: 5 GiB
        mov     dword [eax + 8], GIB    ; the size
