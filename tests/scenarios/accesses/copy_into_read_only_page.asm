; SDM vol. 3, "EPT Violations"; vol. 2, "REP/REPE/REPZ/REPNE/REPNZ--Repeat String Operation Prefix".

%include "scenario.inc"

scenario "a repeated copy stops at the target that is read-only and goes on from there"

        page    CODE,   at=0x1000, access=r-x
        page    SOURCE, at=0x2000, access=r--
        page    TARGET, at=0x3000, access=rw-
        page    LOCKED, at=0x4000, access=r--

        expect  ept_violation, gpa=LOCKED, access=write, allowed=r--, rip=copy, \
                rcx=3, rsi=SOURCE+5, rdi=LOCKED
        holds   TARGET+0xffb, byte=0x11
        holds   TARGET+0xfff, byte=0x15
        holds   LOCKED,       qword=0
        remap   LOCKED, access=rw-
        resume

        expect  vmcall, rcx=0, rsi=SOURCE+8, rdi=LOCKED+3
        holds   LOCKED, qword=0x181716
        finish

guest CODE

        mov     esi, SOURCE
        mov     edi, LOCKED - 5
        mov     ecx, 8
copy:   rep movsb
        vmcall

contents SOURCE
        db      0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18
