; EPT refuses the write, so the processor asks the sub-page table.  Its first entry is not valid.
; SDM vol. 3, "Sub-Page Write Permissions"; "SPP-Related Events"; table "Exit Qualification for
; SPP-Related Events".

%include "scenario.inc"

%define SUB_PAGE        (1 << 61)
%define MISS            (1 << 11)

scenario "a write that finds no sub-page permissions exits with an SPP miss"

        needs   sub_page_write
        page    CODE,  at=0x1000, access=r-x
        page    TABLE, at=0x2000, access=---
        page    DATA,  at=0x3000, access=r--, entry_bits=SUB_PAGE
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_sub_page_write_permissions
        vmcs    SUB_PAGE_PERMISSION_TABLE_POINTER, page=TABLE

        expect  spp_event, qualification=MISS, rip=store, \
                GUEST_PHYSICAL_ADDRESS=DATA+8, GUEST_LINEAR_ADDRESS=DATA+8
        holds   DATA+8, qword=0
        remap   DATA, access=rw-
        resume
        expect  vmcall
        holds   DATA+8, qword=0x77
        finish

guest CODE

        mov     eax, 0x77
store:  mov     [DATA + 8], rax
        vmcall
