; The guest of no_paging_without_unrestricted_guest, but with paging: VM entry takes it.
; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry takes a guest of 32 bits with paging that is not unrestricted"

        needs   load_efer
        page    CODE,      at=0x1000,  access=r-x
        page    DIRECTORY, at=0x10000, access=r--
        guest_of_32_bits
        vmcs    GUEST_CR4, clear=CR4_PAE
        vmcs    GUEST_CR4, set=CR4_PSE
        set     cr3, DIRECTORY
        vmcs    GUEST_CR0, clear=CR0_PG
        twist   vmcs GUEST_CR0, set=CR0_PG

        expect  hlt, rip=start
        otherwise invalid_guest_state, qualification=0
        finish

guest CODE

start:  hlt

contents DIRECTORY
        dd      LEAF + LARGE
