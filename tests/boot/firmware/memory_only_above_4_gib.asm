; memory_only_above_4_gib.asm -- every range of the memory map is above 4 GiB (PVH alone)
START_INFO_MAP  equ     40
START_INFO_COUNT equ    48
RANGE_SIZE      equ     24
        mov     eax, [ebx + START_INFO_MAP]
        mov     ecx, [ebx + START_INFO_COUNT]
next_range:
        mov     dword [eax + 4], 1      ; the high half of its start
        add     eax, RANGE_SIZE
        loop    next_range
