; One write needs two translations here.  It is the second page that refuses the write.
; SDM vol. 3, "EPT Violations", "Use of the EPT Mechanism".

%include "scenario.inc"

scenario "a write across two pages traps at the page that refuses it"

        page    CODE,   at=0x1000, access=r-x
        page    FIRST,  at=0x2000, access=rw-
        page    SECOND, at=0x3000, access=---

        expect  ept_violation, gpa=SECOND, access=write, allowed=---, rip=store
        remap   SECOND, access=rw-
        resume

        expect  vmcall
        holds   FIRST+0xffc, dword=0x55667788
        holds   SECOND,      dword=0x11223344
        finish

guest CODE

        mov     rax, 0x1122334455667788
store:  mov     [FIRST + 0xffc], rax
        vmcall
