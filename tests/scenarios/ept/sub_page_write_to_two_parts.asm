; SDM vol. 3, "Determining an Access's Sub-Page Write Permission".

%include "scenario.inc"
%include "guest.inc"

scenario "a write to two parts of a page needs the sub-page permission of both"

        needs   sub_page_write
        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=r--, entry_bits=SUB_PAGE
        sub_page_table

        expect  ept_violation, gpa=DATA+0x7c|0xfc?, access=write, allowed=r--, rip=store
        holds   DATA+0x7c, qword=0
        finish

guest CODE

        mov     eax, 0x77
store:  mov     [DATA + 0x7c], rax
        vmcall

contents SUB_PT
        times 8 * 0x20 db 0
        dq      MAY_BE_WRITTEN(0)
