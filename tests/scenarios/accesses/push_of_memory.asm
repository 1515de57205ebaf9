; SDM vol. 3, "EPT Violations"; vol. 2, "PUSH--Push Word, Doubleword, or Quadword Onto the Stack".

%include "scenario.inc"

scenario "a push of absent memory to an absent stack traps for each before the stack pointer moves"

        page    CODE,  at=0x1000, access=r-x
        page    DATA,  at=0x2000, access=---
        page    STACK, at=0x3000, access=---
        set     rsp, STACK + PAGE_SIZE

        expect  ept_violation, gpa=DATA|0x3ff8?, access=read?|write?, rip=store, rsp=STACK+PAGE_SIZE
        remap   DATA, access=r--
        resume
        expect  ept_violation, gpa=STACK+0xff8, access=write, rip=store, rsp=STACK+PAGE_SIZE
        remap   STACK, access=rw-
        resume
        expect  vmcall, rsp=STACK+0xff8
        holds   STACK+0xff8, qword=0x77
        finish

guest CODE

store:  push    qword [DATA]
        vmcall

contents DATA
        dq      0x77
