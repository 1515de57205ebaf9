; SDM vol. 3, "EPT Violations"; table "Format of an EPT Page-Directory Entry (PDE) that Maps a
; 2-MByte Page".

%include "scenario.inc"

%define LAST    (LARGE + LARGE_PAGE_SIZE - 8)

scenario "a write to a read-only 2 MiB page traps, and succeeds once the page is writable"

        page    CODE,  at=0x1000, access=r-x
        page    LARGE, at=LARGE_PAGE_SIZE, access=r--, level=pd

        expect  ept_violation, gpa=LAST, gla=LAST, access=write, allowed=r--, rip=store
        holds   LAST, qword=0
        remap   LARGE, access=rw-
        resume

        expect  vmcall, rax=0x1234
        holds   LAST, qword=0x1234
        finish

guest CODE

store:  mov     qword [LAST], 0x1234
        mov     rax, [LAST]
        vmcall
