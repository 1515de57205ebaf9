; Of the 32 bytes 16 are copied before the exit.  The registers say what is left.
; SDM vol. 3, "EPT Violations"; vol. 2, "REP/REPE/REPZ/REPNE/REPNZ--Repeat String Operation Prefix".

%include "scenario.inc"

scenario "a repeated copy stops at the source that is not present and goes on from there"

        page    CODE,   at=0x1000, access=r-x
        page    SOURCE, at=0x2000, access=r--
        page    ABSENT, at=0x3000, access=---
        page    TARGET, at=0x4000, access=rw-

        expect  ept_violation, gpa=ABSENT, access=read, rip=copy, \
                rcx=4, rsi=ABSENT, rdi=TARGET+16
        holds   TARGET+8,  qword=0x22
        holds   TARGET+16, qword=0
        remap   ABSENT, access=r--
        resume

        expect  vmcall, rcx=0, rsi=ABSENT+16, rdi=TARGET+32
        holds   TARGET+24, qword=0x44
        finish

guest CODE

        mov     esi, ABSENT - 16
        mov     edi, TARGET
        mov     ecx, 8
copy:   rep movsd
        vmcall

contents SOURCE
        times 0xff0 db 0
        dq      0x11, 0x22
contents ABSENT
        dq      0x33, 0x44
