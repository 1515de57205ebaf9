; SDM vol. 3, "EPT Violations"; table "Exit Qualification for EPT Violations".

%include "scenario.inc"

scenario "a write to a page that can be read and executed traps"

        page    CODE, at=0x1000, access=r-x

        expect  ept_violation, gpa=patched, access=write, allowed=r-x, rip=patch
        finish

guest CODE

patch:  mov     byte [patched], 0x90
patched:
        vmcall
