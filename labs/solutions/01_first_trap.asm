; Lab 1: what a trap tells, solved.
;
; After the loop RSI points behind the four numbers, into the page that may only be read.

%include "scenario.inc"

scenario "of all accesses of a guest only the one that EPT refuses traps"

        page    CODE,   at=0x1000, access=r-x
        page    INPUT,  at=0x2000, access=r--
        page    OUTPUT, at=0x3000, access=rw-

        expect  ept_violation, gpa=INPUT+0x20, access=write, allowed=r--, rip=mark
        holds   OUTPUT + 0x18, qword=4
        finish

guest CODE

start:  mov     rsi, INPUT
        mov     rdi, OUTPUT
        mov     ecx, 4
copy:   mov     rax, [rsi]
store:  mov     [rdi], rax
        add     rsi, 8
        add     rdi, 8
        dec     ecx
        jnz     copy
mark:   mov     byte [rsi], 1
        vmcall

contents INPUT

        dq      1, 2, 3, 4
