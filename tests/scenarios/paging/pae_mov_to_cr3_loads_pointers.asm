; The processor reads the entries from guest-physical memory and keeps them in registers of its own.
; A VM exit saves these registers.
; SDM vol. 3, "PDPTE Registers"; "Saving Non-Register State".

%include "scenario.inc"
%include "guest.inc"

scenario "MOV to CR3 loads the page-directory-pointer entries through EPT"

        needs   true_controls
        page    CODE,  at=0x1000,   access=r-x
        page    OTHER, at=0x14000,  access=r--
        page    DATA,  at=0x600000, access=---
        pae_paging
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_cr3_load_exiting

        expect  ept_violation, gpa=DATA+8, gla=0x80000008, access=read, walk=0, rip=load, \
                cr3=OTHER+0x20, GUEST_PDPTE0=DIRECTORY + PRESENT, GUEST_PDPTE1=0, \
                GUEST_PDPTE2=OTHER + PRESENT, GUEST_PDPTE3=0
        finish

guest CODE, mode=pae

        mov     eax, OTHER + 0x20
        mov     cr3, eax
load:   mov     eax, [0x80000008]
        vmcall

contents DIRECTORY
        dq      LEAF + LARGE
contents OTHER
        dq      DATA + LEAF + LARGE, 0, 0, 0
        dq      DIRECTORY + PRESENT, 0, OTHER + PRESENT, 0
