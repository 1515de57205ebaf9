; SDM vol. 3, "EPT Violations"; vol. 2, "RET--Return From Procedure".

%include "scenario.inc"

scenario "a return traps at the absent stack, and again at the absent page that it returns to"

        page    CODE,  at=0x1000, access=r-x
        page    STACK, at=0x2000, access=---
        page    THERE, at=0x3000, access=---
        set     rsp, STACK

        expect  ept_violation, gpa=STACK, access=read, allowed=---, rip=back, rsp=STACK
        remap   STACK, access=r--
        resume
        expect  ept_violation, gpa=THERE, gla=THERE, access=fetch, allowed=---, rip=THERE, \
                rsp=STACK+8+16
        remap   THERE, access=r-x
        resume
        expect  vmcall, rip=THERE
        finish

guest CODE

back:   ret     16

contents STACK
        dq      THERE
contents THERE
        vmcall
