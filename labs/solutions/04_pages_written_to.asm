; Lab 4: which pages were written to?, solved.
;
; Each page is read-only until the first write to it.  The answers take no permission away, so
; INVEPT is not needed.

%include "scenario.inc"

scenario "of all writes to a page the first alone traps"

        page    CODE,  at=0x1000, access=r-x
        page    ONE,   at=0x2000, access=r--
        page    TWO,   at=0x3000, access=r--
        page    THREE, at=0x4000, access=r--

        expect  ept_violation, gpa=ONE+0x10, access=write, rip=first
        remap   ONE, access=rw-
        resume

        expect  ept_violation, gpa=THREE, access=write, rip=second
        remap   THREE, access=rw-
        resume

        expect  vmcall, rax=7
        holds   ONE + 0x18, qword=2
        holds   TWO,        qword=7
        holds   THREE,      qword=5
        finish

guest CODE

first:  mov     qword [ONE + 0x10], 1
        mov     qword [ONE + 0x18], 2
        mov     rax, [TWO]
second: mov     qword [THREE], 3
        mov     qword [THREE], 4
        mov     qword [THREE], 5
        mov     rax, [TWO]
        vmcall

contents TWO

        dq      7
