; With these flags all other accesses to guest paging structures count as writes.
; SDM vol. 3, "Accessed and Dirty Flags for EPT"; table "Exit Qualification for EPT Violations"
; (bit 1, note on loads of the PDPTE registers).

%include "scenario.inc"
%include "guest.inc"

scenario "with dirty flags for EPT, MOV to CR3 reads pointer entries from a page that is read-only"

        needs   true_controls, accessed_dirty
        page    CODE,  at=0x1000,  access=r-x
        page    OTHER, at=0x14000, access=r--
        pae_paging
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_cr3_load_exiting
        vmcs    EPT_POINTER, set=EPTP_ACCESSED_DIRTY

        expect  ept_violation, gpa=DIRECTORY, walk=1, access=read?|write
        remap   DIRECTORY, access=rw-
        resume

        expect  vmcall, cr3=OTHER
        flags   OTHER, accessed
        finish

guest CODE, mode=pae

        mov     eax, OTHER
        mov     cr3, eax
        vmcall

contents DIRECTORY
        dq      LEAF + LARGE
contents OTHER
        dq      DIRECTORY + PRESENT, 0, 0, 0
