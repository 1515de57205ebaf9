; SDM vol. 3, table "Format of an EPT Page-Directory Entry (PDE) that Maps a 2-MByte Page"; "EPT and
; Memory Typing".

%include "scenario.inc"

scenario "2 MiB pages of each memory type can be read and written"

        page    CODE, at=0x1000,   access=r-x
        page    UC,   at=0x400000, access=rw-, level=pd, type=uc
        page    WC,   at=0x600000, access=rw-, level=pd, type=wc
        page    WT,   at=0x800000, access=rw-, level=pd, type=wt
        page    WP,   at=0xa00000, access=rw-, level=pd, type=wp
        page    WB,   at=0xc00000, access=rw-, level=pd, type=wb

        expect  vmcall, rax=2 * (1 + 2 + 3 + 4 + 5)
        finish

guest CODE

        mov     ebx, UC
        mov     ecx, 1
fill:   mov     [rbx + 8], ecx
        add     [rbx + 8], ecx
        add     eax, [rbx + 8]
        add     ebx, LARGE_PAGE_SIZE
        inc     ecx
        cmp     ecx, 5
        jbe     fill
        vmcall
