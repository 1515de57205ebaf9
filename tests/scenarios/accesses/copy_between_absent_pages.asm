; The SDM does not say which of the two pages is translated first.
; SDM vol. 3, "EPT Violations"; vol. 2, "MOVS/MOVSB/MOVSW/MOVSD/MOVSQ--Move Data From String to
; String".

%include "scenario.inc"

scenario "a copy between two absent pages traps for each of them before anything is copied"

        page    CODE,   at=0x1000, access=r-x
        page    SOURCE, at=0x2000, access=---
        page    TARGET, at=0x3000, access=---

        expect  ept_violation, gpa=SOURCE|0x1000?, access=read?|write?, allowed=---, rip=copy, \
                rcx=2, rsi=SOURCE, rdi=TARGET
        remap   SOURCE, access=r--
        resume
        expect  ept_violation, gpa=TARGET, access=write, allowed=---, rip=copy, \
                rcx=2, rsi=SOURCE, rdi=TARGET
        remap   TARGET, access=rw-
        resume
        expect  vmcall, rcx=0, rsi=SOURCE+16, rdi=TARGET+16
        holds   TARGET,   qword=0x11
        holds   TARGET+8, qword=0x22
        finish

guest CODE

        mov     esi, SOURCE
        mov     edi, TARGET
        mov     ecx, 2
copy:   rep movsq
        vmcall

contents SOURCE
        dq      0x11, 0x22
