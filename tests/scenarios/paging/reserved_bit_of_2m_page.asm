; Bits 20:13 of an entry that maps 2 MiB are neither address nor PAT.
; SDM vol. 3, "Page-Fault Exceptions" (RSVD flag); table "Format of a Page-Directory Entry that Maps
; a 2-MByte Page".

%include "scenario.inc"
%include "guest.inc"

scenario "a reserved bit of a guest's 2 MiB page is a page fault, though EPT does not map the page"

        page    CODE, at=0x1000, access=r-x
        own_paging

        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT | PF_WRITE | PF_RESERVED, \
                qualification=HIGH, rip=store
        finish

guest CODE

        mov     rbx, HIGH
store:  mov     [rbx], rax
        vmcall

        map_high pde=0x600000 + (1 << 13) + LEAF + LARGE
