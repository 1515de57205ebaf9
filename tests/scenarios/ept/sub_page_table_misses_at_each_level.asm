; Entries of all levels but the last have a valid bit.  The look-up ends where it is 0.
; SDM vol. 3, "Sub-Page Write Permissions"; table "Exit Qualification for SPP-Related Events".

%include "scenario.inc"
%include "guest.inc"

%define MISS    (1 << 11)

scenario "a sub-page permission table that ends before its last level is an SPP miss at each"

        needs   sub_page_write
        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=r--, entry_bits=SUB_PAGE
        sub_page_table
        host_address SUB_PML4, page=SUB_PDPT

        expect  spp_event, qualification=MISS, rip=store, GUEST_PHYSICAL_ADDRESS=DATA+8
        host_address SUB_PML4, page=SUB_PDPT, set=SUB_PAGE_VALID
        host_address SUB_PDPT, page=SUB_PD
        invept
        resume
        expect  spp_event, qualification=MISS, rip=store, GUEST_PHYSICAL_ADDRESS=DATA+8
        host_address SUB_PDPT, page=SUB_PD, set=SUB_PAGE_VALID
        host_address SUB_PD, page=SUB_PT
        invept
        resume
        expect  spp_event, qualification=MISS, rip=store, GUEST_PHYSICAL_ADDRESS=DATA+8
        host_address SUB_PD, page=SUB_PT, set=SUB_PAGE_VALID
        invept
        resume
        expect  vmcall
        holds   DATA+8, qword=0x77
        finish

guest CODE

        mov     eax, 0x77
store:  mov     [DATA + 8], rax
        vmcall

contents SUB_PT
        times 8 * 0x20 db 0
        dq      MAY_BE_WRITTEN(0)
