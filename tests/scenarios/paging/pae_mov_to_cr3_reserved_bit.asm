; SDM vol. 3, "PDPTE Registers"; table "Format of a PAE Page-Directory-Pointer-Table Entry".

%include "scenario.inc"
%include "guest.inc"

scenario "MOV to CR3 refuses a page-directory-pointer entry with a reserved bit"

        needs   true_controls
        page    CODE,  at=0x1000,  access=r-x
        page    OTHER, at=0x14000, access=r--
        pae_paging
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_cr3_load_exiting

        expect  exception_or_nmi, vector=VECTOR_GP, error=0, rip=change, cr3=POINTERS, \
                GUEST_PDPTE3=0
        finish

guest CODE, mode=pae

        mov     eax, OTHER
change: mov     cr3, eax
        vmcall

contents DIRECTORY
        dq      LEAF + LARGE
contents OTHER
        dq      DIRECTORY + PRESENT, 0, 0, DIRECTORY + PRESENT + WRITABLE
