; A page of 4 KiB and a page of 2 MiB, by EPT's entries, meet at 4 MiB.
; SDM vol. 3, "EPT Violations"; "EPT Translation Mechanism".

%include "scenario.inc"

scenario "a write from a 4 KiB page into a 2 MiB page traps where the larger one begins"

        page    CODE,   at=0x1000,   access=r-x
        page    SMALL,  at=0x3ff000, access=rw-
        page    LARGER, at=0x400000, access=r--, level=pd

        expect  ept_violation, gpa=LARGER, access=write, allowed=r--, rip=store
        remap   LARGER, access=rw-
        resume
        expect  vmcall
        holds   SMALL+0xffc, dword=0x55667788
        holds   LARGER,      dword=0x11223344
        finish

guest CODE

        mov     rax, 0x1122334455667788
store:  mov     [SMALL + 0xffc], rax
        vmcall
