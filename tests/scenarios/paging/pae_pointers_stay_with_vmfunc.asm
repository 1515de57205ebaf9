; The entries were loaded together with CR3.  A change of the EPT does not load them again.
; SDM vol. 3, "EPTP Switching"; "PDPTE Registers".

%include "scenario.inc"
%include "guest.inc"

scenario "VMFUNC into a view without the page-directory-pointer table does not read it again"

        needs   vm_functions, eptp_switching
        switchable_views
        page    CODE, at=0x1000, access=r-x
        pae_paging
        entry   POINTERS, level=pt, access=---, view=1

        expect  vmcall, view=1, GUEST_PDPTE0=DIRECTORY + PRESENT
        finish

guest CODE, mode=pae

        switch_view 1
        vmcall

contents DIRECTORY
        dq      LEAF + LARGE
