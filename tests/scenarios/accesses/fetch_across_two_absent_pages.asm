; SDM vol. 3, "EPT Violations".

%include "scenario.inc"

scenario "an instruction across two absent pages traps for each of them, at its own address"

        page    CODE,   at=0x1000, access=r-x
        page    FIRST,  at=0x2000, access=---
        page    SECOND, at=0x3000, access=---

        expect  ept_violation, gpa=FIRST+0xffd|0x1ffd?, access=fetch, allowed=---, rip=FIRST+0xffd
        remap   FIRST, access=r-x
        resume
        expect  ept_violation, gpa=SECOND, access=fetch, allowed=---, rip=FIRST+0xffd
        remap   SECOND, access=r-x
        resume
        expect  vmcall, rax=0x12345678
        finish

guest CODE

        jmp     FIRST + 0xffd

contents FIRST
        times 0xffd db 0
        db      0xb8, 0x78, 0x56        ; mov eax, 0x12345678
contents SECOND
        db      0x34, 0x12
        vmcall
