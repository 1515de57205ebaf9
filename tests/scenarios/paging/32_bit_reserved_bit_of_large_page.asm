; SDM vol. 3, "Page-Fault Exceptions" (RSVD flag); table "Format of a 32-Bit Page-Directory Entry
; that Maps a 4-MByte Page".

%include "scenario.inc"
%include "guest.inc"

scenario "bit 21 of an entry that maps 4 MiB is reserved: a page fault before EPT is asked"

        needs   pse_36
        page    CODE,      at=0x1000,  access=r-x
        page    DIRECTORY, at=0x10000, access=r--
        set     cr3, DIRECTORY

        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT | PF_RESERVED, \
                qualification=0x412008, rip=load
        finish

guest CODE, mode=paging32

load:   mov     eax, [0x412008]
        vmcall

contents DIRECTORY
        dd      LEAF + LARGE, 0x800000 + (1 << 21) + LEAF + LARGE
