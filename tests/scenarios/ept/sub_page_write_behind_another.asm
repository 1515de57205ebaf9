; A write to one part that is allowed must not make the processor allow a write to the next part.
; SDM vol. 3, "Sub-Page Write Permissions".

%include "scenario.inc"
%include "guest.inc"

scenario "a write that the sub-page table allows does not open the rest of the page"

        needs   sub_page_write
        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=r--, entry_bits=SUB_PAGE
        sub_page_table

        expect  ept_violation, gpa=DATA+0x80, access=write, allowed=r--, rip=next
        holds   DATA+0x78, qword=0x77
        holds   DATA+0x80, qword=0
        finish

guest CODE

        mov     eax, 0x77
        mov     [DATA + 0x78], rax
next:   mov     [DATA + 0x80], rax
        vmcall

contents SUB_PT
        times 8 * 0x20 db 0
        dq      MAY_BE_WRITTEN(0)
