; SDM vol. 3, "EPT Violations"; vol. 2, "CALL--Call Procedure".

%include "scenario.inc"

scenario "a call traps at the absent stack before it goes anywhere"

        page    CODE,  at=0x1000, access=r-x
        page    STACK, at=0x2000, access=---
        set     rsp, STACK + 8

        expect  ept_violation, gpa=STACK, access=write, allowed=---, rip=call_it, rsp=STACK+8
        remap   STACK, access=rw-
        resume
        expect  vmcall, rip=procedure, rsp=STACK
        holds   STACK, qword=behind
        finish

guest CODE

call_it:
        call    procedure
behind: hlt
procedure:
        vmcall
