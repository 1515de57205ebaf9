; SDM vol. 3, "EPT Violations"; table "Exit Qualification for EPT Violations".

%include "scenario.inc"

scenario "a fetch from a page that can only be read traps"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=r--

        expect  ept_violation, gpa=DATA, access=fetch, allowed=r--, rip=there
        finish

guest CODE

        mov     rax, [DATA]             ; reading is allowed: no exit
        jmp     there

contents DATA

there:  vmcall
