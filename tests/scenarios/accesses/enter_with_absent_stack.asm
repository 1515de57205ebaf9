; SDM vol. 3, "EPT Violations"; vol. 2, "ENTER--Make Stack Frame for Procedure Parameters".

%include "scenario.inc"

scenario "ENTER traps at the absent stack before it changes a register"

        page    CODE,  at=0x1000, access=r-x
        page    STACK, at=0x2000, access=---
        set     rsp, STACK + 0x800
        set     rbp, 0x1234

        expect  ept_violation, gpa=STACK+0x7f8, access=write, rip=make, rsp=STACK+0x800, rbp=0x1234
        remap   STACK, access=rw-
        resume
        expect  vmcall, rsp=STACK+0x7f8-0x20, rbp=STACK+0x7f8
        holds   STACK+0x7f8, qword=0x1234
        finish

guest CODE

make:   enter   0x20, 0
        vmcall
