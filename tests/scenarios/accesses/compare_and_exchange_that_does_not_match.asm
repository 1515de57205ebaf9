; CMPXCHG writes its target in any case.  If the values differ, it writes what the target held.
; SDM vol. 2, "CMPXCHG--Compare and Exchange"; vol. 3, "EPT Violations".

%include "scenario.inc"

scenario "CMPXCHG with a read-only page traps as a write, though the values differ"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=r--

        expect  ept_violation, gpa=DATA, access=write|read?, allowed=r--, rip=change, rax=0x11
        remap   DATA, access=rw-
        resume
        expect  vmcall, rax=0x77
        holds   DATA, qword=0x77
        finish

guest CODE

        mov     eax, 0x11
        mov     ebx, 0x22
change: cmpxchg [DATA], rbx
        vmcall

contents DATA
        dq      0x77
