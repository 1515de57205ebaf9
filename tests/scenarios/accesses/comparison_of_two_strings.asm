; SDM vol. 3, "EPT Violations"; vol. 2, "CMPS/CMPSB/CMPSW/CMPSD/CMPSQ--Compare String Operands".

%include "scenario.inc"

scenario "a repeated comparison reads both strings, and stops where either is absent"

        page    CODE,  at=0x1000, access=r-x
        page    LEFT,  at=0x2000, access=r--
        page    RIGHT, at=0x4000, access=r--
        page    MORE,  at=0x5000, access=---

        expect  ept_violation, gpa=MORE, access=read, rip=compare, rcx=6, rsi=LEFT+2, rdi=MORE
        remap   MORE, access=r--
        resume
        expect  vmcall, rcx=4, rsi=LEFT+4, rdi=MORE+2
        finish

guest CODE

        mov     esi, LEFT
        mov     edi, MORE - 2
        mov     ecx, 8
compare:
        repe cmpsb
        vmcall

contents MORE
        db      0, 1
