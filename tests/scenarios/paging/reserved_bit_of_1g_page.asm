; Bits 29:13 of an entry that maps 1 GiB are neither address nor PAT.
; SDM vol. 3, "Page-Fault Exceptions" (RSVD flag); table "Format of a Page-Directory-Pointer-Table
; Entry (PDPTE) that Maps a 1-GByte Page".

%include "scenario.inc"
%include "guest.inc"

scenario "a reserved bit of a guest's 1 GiB page is a page fault, though EPT does not map the page"

        needs   pages_1g
        page    CODE, at=0x1000, access=r-x
        own_paging

        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT | PF_RESERVED, \
                qualification=HIGH, rip=load
        finish

guest CODE

        mov     rbx, HIGH
load:   mov     rax, [rbx]
        vmcall

        map_high pdpte=0x40000000 + (1 << 29) + LEAF + LARGE
