; The instruction reads its source, whatever the condition is.
; SDM vol. 2, "CMOVcc--Conditional Move"; vol. 3, "EPT Violations".

%include "scenario.inc"

scenario "a conditional move from an absent page traps though its condition is false"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=---

        expect  ept_violation, gpa=DATA, access=read, allowed=---, rip=load
        remap   DATA, access=r--
        resume
        expect  vmcall, rax=0x11
        finish

guest CODE

        mov     eax, 0x11
        test    eax, eax
load:   cmovz   rax, [DATA]
        vmcall
