; A repeated instruction stops between two of its steps.  The steps before are done, and the
; registers say what is left to do.
; SDM vol. 3, "EPT Violations"; vol. 1, "Repeated String Operations".

%include "scenario.inc"

scenario "a repeated string store stops at the page that is not present and goes on from there"

        page    CODE,   at=0x1000, access=r-x
        page    FIRST,  at=0x2000, access=rw-
        page    SECOND, at=0x3000, access=---

        expect  ept_violation, gpa=SECOND, access=write, rip=fill, rcx=0x10, rdi=SECOND
        holds   FIRST+0xfff, byte=0x5a
        remap   SECOND, access=rw-
        resume

        expect  vmcall, rcx=0, rdi=SECOND+0x10
        holds   SECOND+0x0f, byte=0x5a
        holds   SECOND+0x10, byte=0
        finish

guest CODE

        mov     edi, FIRST + 0xff0
        mov     ecx, 0x20
        mov     al, 0x5a
fill:   rep stosb
        vmcall
