; A page has 32 parts of 128 bytes.  Even bits in the table's last level say which may be written.
; SDM vol. 3, "Sub-Page Write Permissions".

%include "scenario.inc"
%include "guest.inc"

scenario "the parts of a read-only page may be written that the sub-page table allows"

        needs   sub_page_write
        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=r--, entry_bits=SUB_PAGE
        sub_page_table

        expect  ept_violation, gpa=DATA+0x7f, gla=DATA+0x7f, access=write, allowed=r--, rip=below
        holds   DATA+0x7f, byte=0
        resume  at=inside
        expect  vmcall
        holds   DATA+0x7f,  byte=0
        holds   DATA+0x80,  byte=0x77
        holds   DATA+0xff,  byte=0x77
        holds   DATA+0xff8, qword=0x77
        finish

guest CODE

        mov     ebx, DATA
        mov     eax, 0x77
below:  mov     [rbx + 0x7f], al
inside: mov     [rbx + 0x80], al
        mov     [rbx + 0xff], al
        mov     [rbx + 0xff8], rax
        vmcall

contents SUB_PT
        times 8 * 0x20 db 0
        dq      MAY_BE_WRITTEN(1) | MAY_BE_WRITTEN(31)
