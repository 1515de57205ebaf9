; For EPT the stack is memory like any other.
; SDM vol. 3, "EPT Violations".

%include "scenario.inc"

scenario "a push to a stack that is not present traps before the stack pointer moves"

        page    CODE,  at=0x1000, access=r-x
        page    STACK, at=0x2000, access=---

        set     rsp, STACK + PAGE_SIZE
        set     rax, 0x99

        expect  ept_violation, gpa=STACK+0xff8, access=write, allowed=---, rip=first, \
                rsp=STACK+0x1000
        remap   STACK, access=rw-
        resume

        expect  vmcall, rsp=STACK+0xff8
        holds   STACK+0xff8, qword=0x99
        finish

guest CODE

first:  push    rax
        vmcall
