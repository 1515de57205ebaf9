; The page allows the read of this instruction, but not its write.
; SDM vol. 3, table "Exit Qualification for EPT Violations", the note on bits 0 and 1.

%include "scenario.inc"

scenario "a locked exchange on a read-only page traps as a write and leaves the page alone"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=r--

        expect  ept_violation, gpa=DATA, access=write|read?, allowed=r--, rip=swap, rax=1
        holds   DATA, qword=7
        remap   DATA, access=rw-
        resume

        expect  vmcall, rax=7
        holds   DATA, qword=1
        finish

guest CODE

        mov     eax, 1
swap:   xchg    [DATA], rax
        vmcall

contents DATA

        dq      7
