; The script puts another last level into the table, one that allows the write, and uses INVEPT.
; SDM vol. 3, "Sub-Page Write Permissions"; "Operations that Invalidate Cached Mappings".

%include "scenario.inc"
%include "guest.inc"

scenario "a refused write to part of a page succeeds once the sub-page table allows it"

        needs   sub_page_write
        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=r--, entry_bits=SUB_PAGE
        sub_page_table
        page    OTHER, at=0x21000, access=---

        expect  ept_violation, gpa=DATA+8, access=write, allowed=r--, rip=store
        host_address SUB_PD, page=OTHER, set=SUB_PAGE_VALID
        invept
        resume
        expect  vmcall
        holds   DATA+8, qword=0x77
        finish

guest CODE

        mov     eax, 0x77
store:  mov     [DATA + 8], rax
        vmcall

contents OTHER
        times 8 * 0x20 db 0
        dq      MAY_BE_WRITTEN(0)
