; SDM vol. 3, "Sub-Page Write Permissions"; table "Exit Qualification for SPP-Related Events".

%include "scenario.inc"

%define SUB_PAGE        (1 << 61)
%define VALID           (1 << 0)

scenario "a sub-page permission table entry with a reserved bit exits as SPP misconfiguration"

        needs   sub_page_write
        page    CODE,  at=0x1000, access=r-x
        page    TABLE, at=0x2000, access=---
        page    DATA,  at=0x3000, access=r--, entry_bits=SUB_PAGE
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_sub_page_write_permissions
        vmcs    SUB_PAGE_PERMISSION_TABLE_POINTER, page=TABLE

        expect  spp_event, qualification=0, rip=store, \
                GUEST_PHYSICAL_ADDRESS=DATA+8, GUEST_LINEAR_ADDRESS=DATA+8
        finish

guest CODE

store:  mov     [DATA + 8], rax
        vmcall

contents TABLE
        dq      VALID | 1 << 1
