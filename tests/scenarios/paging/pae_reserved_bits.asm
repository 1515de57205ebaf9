; Bits 62:52, which 4-level paging ignores, are reserved in PAE paging.
; SDM vol. 3, "PAE Paging"; table "Format of a PAE Page-Directory Entry that Maps a 2-MByte Page".

%include "scenario.inc"
%include "guest.inc"

scenario "bit 62 of an entry of PAE paging is reserved: a page fault before EPT is asked"

        page    CODE, at=0x1000, access=r-x
        pae_paging

        expect  exception_or_nmi, vector=VECTOR_PF, error=PF_PRESENT | PF_RESERVED, \
                qualification=0x200008, rip=load
        finish

guest CODE, mode=pae

load:   mov     eax, [0x200008]
        vmcall

contents DIRECTORY
        dq      LEAF + LARGE, (1 << 62) + 0x600000 + LEAF + LARGE
