; One read needs two translations here.  The SDM does not say which of them comes first.
; SDM vol. 3, "EPT Violations"; "Use of the EPT Mechanism".

%include "scenario.inc"

scenario "a read across two absent pages traps for each of them, and reads once both are there"

        page    CODE,   at=0x1000, access=r-x
        page    FIRST,  at=0x2000, access=---
        page    SECOND, at=0x3000, access=---

        expect  ept_violation, gpa=FIRST+0xffc|0x1ffc?, access=read, allowed=---, rip=load
        remap   FIRST, access=r--
        resume
        expect  ept_violation, gpa=SECOND, access=read, allowed=---, rip=load
        remap   SECOND, access=r--
        resume
        expect  vmcall, rax=0x1122334455667788
        finish

guest CODE

load:   mov     rax, [FIRST + 0xffc]
        vmcall

contents FIRST
        times 0xffc db 0
        dd      0x55667788
contents SECOND
        dd      0x11223344
