; This access translates no linear address, so bits 7 and 8 of the qualification are 0.  The bits
; for what is allowed are 0 as well.
; SDM vol. 3, table "Exit Qualification for EPT Violations" (bit 7); "PDPTE Registers".

%include "scenario.inc"
%include "guest.inc"

scenario "an EPT violation of MOV to CR3 with PAE paging has no linear address, and CR3 stays"

        needs   true_controls
        page    CODE,  at=0x1000,  access=r-x
        page    OTHER, at=0x14000, access=---
        pae_paging
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_cr3_load_exiting

        expect  ept_violation, gpa=OTHER|0x18?, access=read, allowed=---, \
                qualification=1|0xe40?, rip=change, cr3=POINTERS
        remap   OTHER, access=r--
        resume

        expect  vmcall, cr3=OTHER
        finish

guest CODE, mode=pae

        mov     eax, OTHER
change: mov     cr3, eax
        vmcall

contents DIRECTORY
        dq      LEAF + LARGE
contents OTHER
        dq      DIRECTORY + PRESENT, 0, 0, 0
