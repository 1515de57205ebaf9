; SDM vol. 3, "EPT Violations", "Guidelines for Use of the INVEPT Instruction".

%include "scenario.inc"

scenario "a page that loses its execute permission runs no more"

        needs   invept
        page    CODE,     at=0x1000, access=r-x
        page    FUNCTION, at=0x2000, access=r-x

        expect  vmcall, rip=inside
        remap   FUNCTION, access=r--
        invept
        resume  at=again

        expect  ept_violation, gpa=FUNCTION, access=fetch, allowed=r--, rip=inside
        finish

guest CODE

again:  jmp     inside

contents FUNCTION

inside: vmcall
