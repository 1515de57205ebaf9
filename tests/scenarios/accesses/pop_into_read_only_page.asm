; POP changes the stack pointer only after its write is done.
; SDM vol. 3, "EPT Violations"; vol. 2, "POP--Pop a Value From the Stack".

%include "scenario.inc"

scenario "a pop into a read-only page traps as a write, and the stack pointer stays"

        page    CODE,  at=0x1000, access=r-x
        page    STACK, at=0x2000, access=r--
        page    DATA,  at=0x3000, access=r--
        set     rsp, STACK

        expect  ept_violation, gpa=DATA+8, access=write, allowed=r--, rip=store, rsp=STACK
        remap   DATA, access=rw-
        resume
        expect  vmcall, rsp=STACK+8
        holds   DATA+8, qword=0x77
        finish

guest CODE

store:  pop     qword [DATA + 8]
        vmcall

contents STACK
        dq      0x77
