; If bit 6 of an entry that maps a page is 1, the guest's PAT has no effect on the memory type.
; SDM vol. 3, "EPT and Memory Typing".

%include "scenario.inc"

%define IGNORE_PAT      (1 << 6)

scenario "pages of each memory type can be read and written where EPT ignores the guest's PAT"

        page    CODE, at=0x1000, access=r-x, entry_bits=IGNORE_PAT
        page    UC,   at=0x2000, access=rw-, entry_bits=IGNORE_PAT, type=uc
        page    WC,   at=0x3000, access=rw-, entry_bits=IGNORE_PAT, type=wc
        page    WT,   at=0x4000, access=rw-, entry_bits=IGNORE_PAT, type=wt
        page    WP,   at=0x5000, access=rw-, entry_bits=IGNORE_PAT, type=wp
        page    WB,   at=0x6000, access=rw-, entry_bits=IGNORE_PAT, type=wb

        expect  vmcall, rax=2 * (1 + 2 + 3 + 4 + 5)
        finish

guest CODE

        mov     ebx, UC
        mov     ecx, 1
fill:   mov     [rbx + 8], ecx
        add     [rbx + 8], ecx
        add     eax, [rbx + 8]
        add     ebx, PAGE_SIZE
        inc     ecx
        cmp     ecx, 5
        jbe     fill
        vmcall
