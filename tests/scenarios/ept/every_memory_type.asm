; UC, WC, WT, WP and WB are all the memory types that an EPT entry may have.
; SDM vol. 3, "EPT and Memory Typing".

%include "scenario.inc"

scenario "a page of each memory type that is defined can be read and written"

        page    CODE,           at=0x1000, access=r-x
        page    UNCACHEABLE,    at=0x2000, access=rw-, type=uc
        page    WRITE_COMBINED, at=0x3000, access=rw-, type=wc
        page    WRITE_THROUGH,  at=0x4000, access=rw-, type=wt
        page    WRITE_PROTECT,  at=0x5000, access=rw-, type=wp
        page    WRITE_BACK,     at=0x6000, access=rw-, type=wb

        expect  vmcall, rcx=5, rax=1+2+3+4+5
        finish

guest CODE

        xor     eax, eax
        xor     ecx, ecx
        mov     ebx, UNCACHEABLE
next:   inc     ecx
        mov     [rbx], ecx
        add     eax, [rbx]
        add     ebx, PAGE_SIZE
        cmp     ecx, 5
        jb      next
        vmcall
