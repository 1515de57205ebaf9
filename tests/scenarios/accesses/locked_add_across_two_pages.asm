; A locked access is done as a whole or not at all.
; SDM vol. 3, "Bus Locking"; "EPT Violations".

%include "scenario.inc"

scenario "a locked addition across two pages changes neither while the second refuses it"

        page    CODE,   at=0x1000, access=r-x
        page    FIRST,  at=0x2000, access=rw-
        page    SECOND, at=0x3000, access=r--

        expect  ept_violation, gpa=SECOND, access=write|read?, allowed=r--, rip=change
        holds   FIRST+0xffc, dword=0xffffffff
        holds   SECOND,      dword=1
        remap   SECOND, access=rw-
        resume
        expect  vmcall
        holds   FIRST+0xffc, dword=0
        holds   SECOND,      dword=2
        finish

guest CODE

change: lock add qword [FIRST + 0xffc], 1
        vmcall

contents FIRST
        times 0xffc db 0
        dd      0xffffffff
contents SECOND
        dd      1
