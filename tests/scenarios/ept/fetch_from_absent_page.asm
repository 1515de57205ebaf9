; The exit comes before the first instruction of the page, so RIP is where the guest wanted to go.
; SDM vol. 3, "EPT Violations"; table "Exit Qualification for EPT Violations".

%include "scenario.inc"

scenario "a fetch from a page that is not present traps, and succeeds once it is there"

        page    CODE, at=0x1000, access=r-x
        page    NEXT, at=0x2000, access=---

        expect  ept_violation, gpa=there, access=fetch, allowed=---, rip=there
        remap   NEXT, access=r-x
        resume

        expect  vmcall, rip=there
        finish

guest CODE

        jmp     there

contents NEXT

        times 16 db 0xcc
there:  vmcall
