; Lab 2: pages on demand, solved.
;
; A page that can be written must be readable as well: -w- is a misconfiguration.  A page that is
; executed need not be readable if the processor offers execute-only; r-x is legal everywhere.

%include "scenario.inc"

scenario "pages that are not present appear when they are touched, with no more than is needed"

        page    CODE,     at=0x1000, access=r-x
        page    NUMBERS,  at=0x2000, access=---
        page    RESULT,   at=0x3000, access=---
        page    FUNCTION, at=0x4000, access=---

        expect  ept_violation, gpa=NUMBERS, access=read, allowed=---
        remap   NUMBERS, access=r--
        resume

        expect  ept_violation, gpa=RESULT, access=write, allowed=---
        remap   RESULT, access=rw-
        resume

        expect  ept_violation, gpa=FUNCTION, access=fetch, allowed=---
        remap   FUNCTION, access=r-x
        resume

        expect  vmcall, rax=42
        resume  at=too_much

        expect  ept_violation, gpa=NUMBERS, access=write, allowed=r--
        resume  at=far_too_much

        expect  ept_violation, gpa=RESULT, access=fetch, allowed=rw-
        finish

guest CODE

        mov     rax, [NUMBERS]
        mov     [RESULT], rax
        jmp     double
too_much:
        mov     [NUMBERS], rax
far_too_much:
        mov     ebx, RESULT
        jmp     rbx

contents NUMBERS

        dq      21

contents FUNCTION

double: add     rax, rax
        vmcall
