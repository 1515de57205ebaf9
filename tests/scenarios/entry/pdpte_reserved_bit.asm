; For a guest with PAE paging under EPT, VM entry takes the four entries from the VMCS.
; The exit qualification 2 says that such an entry is wrong.
; SDM vol. 3, "Checks on Guest Page-Directory-Pointer-Table Entries".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses a guest's page-directory-pointer entry with a reserved bit"

        rule_in_part pdpte3_reserved_bits
        page    CODE, at=0x1000, access=r-x
        pae_paging
        vmcs    GUEST_PDPTE3, value=DIRECTORY + PRESENT
        twist   vmcs GUEST_PDPTE3, set=WRITABLE

        expect  invalid_guest_state, qualification=2, rip=never
        vmcs    GUEST_PDPTE3, clear=WRITABLE
        resume
        expect  hlt, rip=never
        finish

guest CODE, mode=pae

never:  hlt

contents DIRECTORY
        dq      LEAF + LARGE
