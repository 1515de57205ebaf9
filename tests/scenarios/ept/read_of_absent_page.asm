; An EPT entry that allows nothing is not present.  The exit says that the access was a read and
; that nothing was allowed.  The instruction has not been executed, so the guest can try it again.
; SDM vol. 3, "EPT Violations"; table "Exit Qualification for EPT Violations".

%include "scenario.inc"

scenario "a read of a page that is not present traps, and succeeds once it is there"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=---

        expect  ept_violation, gpa=DATA+8, access=read, allowed=---, rip=load
        remap   DATA, access=r--
        resume

        expect  vmcall, rax=0x1122334455667788
        finish

guest CODE

load:   mov     rax, [DATA + 8]
        vmcall

contents DATA

        dq      0, 0x1122334455667788
