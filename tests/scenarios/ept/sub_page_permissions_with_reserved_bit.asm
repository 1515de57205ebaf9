; In the entries of the table's last level the odd bits are reserved.
; SDM vol. 3, "Determining an Access's Sub-Page Write Permission"; table "Exit Qualification for
; SPP-Related Events".

%include "scenario.inc"
%include "guest.inc"

scenario "an odd bit among the sub-page permissions exits as SPP misconfiguration"

        needs   sub_page_write
        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=r--, entry_bits=SUB_PAGE
        sub_page_table

        expect  spp_event, qualification=0, rip=store, GUEST_PHYSICAL_ADDRESS=DATA+8
        holds   DATA+8, qword=0
        finish

guest CODE

        mov     eax, 0x77
store:  mov     [DATA + 8], rax
        vmcall

contents SUB_PT
        times 8 * 0x20 db 0
        dq      MAY_BE_WRITTEN(0) | 1 << 63
