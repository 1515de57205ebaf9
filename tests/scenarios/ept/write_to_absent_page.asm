; SDM vol. 3, "EPT Violations"; table "Exit Qualification for EPT Violations".

%include "scenario.inc"

scenario "a write to a page that is not present traps, and succeeds once it is there"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=---

        expect  ept_violation, gpa=DATA+0xff8, access=write, allowed=---, rip=store
        holds   DATA+0xff8, qword=0
        remap   DATA, access=rw-
        resume

        expect  vmcall
        holds   DATA+0xff8, qword=0x77
        finish

guest CODE

store:  mov     qword [DATA + 0xff8], 0x77
        vmcall
