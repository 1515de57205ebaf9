; Without the execute permission nothing in the page runs, whatever else is allowed.
; SDM vol. 3, "EPT Violations"; table "Exit Qualification for EPT Violations".

%include "scenario.inc"

scenario "a fetch from a page that can be read and written traps"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rw-

        expect  ept_violation, gpa=DATA, access=fetch, allowed=rw-, rip=there
        finish

guest CODE

        jmp     there

contents DATA

there:  vmcall
