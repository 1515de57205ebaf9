; The exit reports a read-modify-write as a write.  The processor may report a read as well, or not.
; SDM vol. 3, table "Exit Qualification for EPT Violations", the note on bits 0 and 1.

%include "scenario.inc"

scenario "a read-modify-write of a page that is not present traps once, as a write"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=---

        expect  ept_violation, gpa=DATA, access=write|read?, allowed=---, rip=count
        remap   DATA, access=rw-
        resume

        expect  vmcall
        holds   DATA, dword=42
        finish

guest CODE

count:  inc     dword [DATA]
        vmcall

contents DATA

        dd      41
