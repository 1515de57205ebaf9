; SDM vol. 3, "PDPTE Registers"; "Page-Fault Exceptions".

%include "scenario.inc"
%include "guest.inc"

scenario "an access through a page-directory-pointer entry that is not present is a page fault"

        page    CODE, at=0x1000, access=r-x
        pae_paging

        expect  exception_or_nmi, vector=VECTOR_PF, error=0, qualification=0xc0000008, rip=load
        finish

guest CODE, mode=pae

load:   mov     eax, [0xc0000008]
        vmcall

contents DIRECTORY
        dq      LEAF + LARGE
