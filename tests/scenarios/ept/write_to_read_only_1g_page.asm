; write_to_read_only_1g_page.asm -- an entry of the EPT page-directory-pointer table that maps 1 GiB
; (SDM vol. 3, table "Format of an EPT Page-Directory-Pointer-Table Entry (PDPTE) that Maps a 1-GByte
; Page"; "EPT Violations")

%include "scenario.inc"

scenario "a 1 GiB page traps as a small one does, anywhere in it"

        page    CODE, at=0x1000, access=r-x
        page    HUGE, at=HUGE_PAGE_SIZE, access=r--, level=pdpt

        expect  ept_violation, gpa=LAST, access=write, allowed=r--, rip=store
        remap   HUGE, access=rw-
        resume

        expect  vmcall, rax=77
        holds   LAST, dword=1
        finish

LAST    equ     HUGE + HUGE_PAGE_SIZE - 4

guest CODE

        mov     eax, [HUGE]
        mov     ebx, LAST
store:  mov     dword [rbx], 1
        vmcall

contents HUGE
        dd      77
