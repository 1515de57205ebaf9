; SDM vol. 3, "EPT Violations"; vol. 2, "PUSH--Push Word, Doubleword, or Quadword Onto the Stack".

%include "scenario.inc"

scenario "a push across two pages traps at the absent one, and the stack pointer stays"

        page    CODE,  at=0x1000, access=r-x
        page    BELOW, at=0x2000, access=---
        page    STACK, at=0x3000, access=rw-
        set     rsp, STACK + 4

        expect  ept_violation, gpa=BELOW+0xffc, access=write, allowed=---, rip=store, rsp=STACK+4
        remap   BELOW, access=rw-
        resume
        expect  vmcall, rsp=STACK-4
        holds   BELOW+0xffc, dword=0x55667788
        holds   STACK,       dword=0x11223344
        finish

guest CODE

        mov     rax, 0x1122334455667788
store:  push    rax
        vmcall
