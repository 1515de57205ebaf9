; SDM vol. 3, "EPT Violations"; vol. 2, "SCAS/SCASB/SCASW/SCASD--Scan String".

%include "scenario.inc"

scenario "a repeated search stops at the absent page and finds there once it is present"

        page    CODE,   at=0x1000, access=r-x
        page    FIRST,  at=0x2000, access=r--
        page    SECOND, at=0x3000, access=---

        expect  ept_violation, gpa=SECOND, access=read, rip=search, rcx=12, rdi=SECOND
        remap   SECOND, access=r--
        resume
        expect  vmcall, rcx=9, rdi=SECOND+3
        finish

guest CODE

        mov     edi, FIRST + 0xffc
        mov     ecx, 16
        mov     al, 0x5a
search: repne scasb
        vmcall

contents SECOND
        db      0, 0, 0x5a
