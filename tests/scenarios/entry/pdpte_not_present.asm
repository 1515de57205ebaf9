; SDM vol. 3, "Checks on Guest Page-Directory-Pointer-Table Entries".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry takes any page-directory-pointer entry that is not present"

        rule    absent_pdpte_has_no_reserved_bits
        page    CODE, at=0x1000, access=r-x
        pae_paging
        vmcs    GUEST_PDPTE3, value=~0
        twist   vmcs GUEST_PDPTE3, clear=PRESENT

        expect  hlt, rip=start
        otherwise invalid_guest_state, qualification=2
        finish

guest CODE, mode=pae

start:  hlt

contents DIRECTORY
        dq      LEAF + LARGE
