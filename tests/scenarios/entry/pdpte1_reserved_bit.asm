; SDM vol. 3, "Checks on Guest Page-Directory-Pointer-Table Entries".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses a reserved bit in the guest's page-directory-pointer entry 1"

        rule_in_part pdpte1_reserved_bits
        page    CODE, at=0x1000, access=r-x
        pae_paging
        vmcs    GUEST_PDPTE1, value=DIRECTORY + PRESENT
        twist   vmcs GUEST_PDPTE1, set=WRITABLE

        expect  invalid_guest_state, qualification=2, rip=never
        finish

guest CODE, mode=pae

never:  hlt

contents DIRECTORY
        dq      LEAF + LARGE
