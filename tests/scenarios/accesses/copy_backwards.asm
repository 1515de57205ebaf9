; RFLAGS.DF is 1, so the copy goes downwards and enters the page below at its upper end.
; SDM vol. 3, "EPT Violations"; vol. 2, "REP/REPE/REPZ/REPNE/REPNZ--Repeat String Operation Prefix".

%include "scenario.inc"

scenario "a repeated copy downwards stops at the absent page below with the registers at its end"

        page    CODE,   at=0x1000, access=r-x
        page    SOURCE, at=0x2000, access=r--
        page    ABSENT, at=0x4000, access=---
        page    TARGET, at=0x5000, access=rw-

        expect  ept_violation, gpa=ABSENT+0xff8, access=write, rip=copy, \
                rcx=1, rsi=SOURCE, rdi=ABSENT+0xff8
        holds   TARGET, qword=0x22
        remap   ABSENT, access=rw-
        resume
        expect  vmcall, rcx=0, rsi=SOURCE-8, rdi=ABSENT+0xff0
        holds   ABSENT+0xff8, qword=0x11
        finish

guest CODE

        mov     esi, SOURCE + 8
        mov     edi, TARGET
        mov     ecx, 2
        std
copy:   rep movsq
        cld
        vmcall

contents SOURCE
        dq      0x11, 0x22
