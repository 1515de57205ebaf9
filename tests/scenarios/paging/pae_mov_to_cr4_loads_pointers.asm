; A change of CR4.PGE under PAE paging loads the entries anew, from where CR3 points to.
; SDM vol. 3, "PDPTE Registers"; vol. 2, "MOV--Move to/from Control Registers".

%include "scenario.inc"
%include "guest.inc"

scenario "MOV to CR4 that changes PGE loads the page-directory-pointer entries through EPT"

        page    CODE, at=0x1000, access=r-x
        pae_paging
        entry   POINTERS, level=pt, access=---
        vmcs    CR4_GUEST_HOST_MASK, clear=CR4_PGE

        expect  ept_violation, gpa=POINTERS|0x18?, access=read, allowed=---, \
                qualification=1|0xe40?, rip=change, GUEST_PDPTE1=0
        remap   POINTERS, access=r--
        resume
        expect  vmcall, GUEST_PDPTE0=DIRECTORY + PRESENT, GUEST_PDPTE1=DIRECTORY + PRESENT
        finish

guest CODE, mode=pae

        mov     eax, cr4
        xor     eax, CR4_PGE
change: mov     cr4, eax
        vmcall

contents POINTERS
        dq      DIRECTORY + PRESENT, DIRECTORY + PRESENT, 0, 0
contents DIRECTORY
        dq      LEAF + LARGE
