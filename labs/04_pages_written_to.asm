; Lab 4: which pages were written to?
;
; Find out  how a hypervisor without dirty flags learns which pages to copy when it moves a guest to
;           another machine.  It must get an exit for the first write to each page, and for no other
;           write.  Change the permissions of the pages, and write the answers.
; Read      SDM vol. 3, "EPT Violations"; and, for what the processor offers instead, "Accessed and
;           Dirty Flags for EPT" and "Page-Modification Logging".
; Done      when the verdict is `ok`, with the three expectations unchanged: of five writes and two
;           reads only two trap.

%include "scenario.inc"

scenario "of all writes to a page the first alone traps"

        page    CODE,  at=0x1000, access=r-x
        page    ONE,   at=0x2000, access=rw-                            ; yours, and the next two
        page    TWO,   at=0x3000, access=rw-
        page    THREE, at=0x4000, access=rw-

        expect  ept_violation, gpa=ONE+0x10, access=write, rip=first
        resume                                                          ; yours

        expect  ept_violation, gpa=THREE, access=write, rip=second
        resume                                                          ; yours

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
