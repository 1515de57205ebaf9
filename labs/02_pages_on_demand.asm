; Lab 2: pages on demand.
;
; Find out  what the answer to a violation is when the guest is right to touch the page.  Three
;           answers are missing: one `remap` before each of the first three `resume`.
; Read      SDM vol. 3, "EPT Violations"; docs/scenarios.md, the words `remap` and `resume`.
; Done      when the verdict is `ok`.  Each page may get no more than its first access needs: what
;           the guest tries afterwards tells if one got more.

%include "scenario.inc"

scenario "pages that are not present appear when they are touched, with no more than is needed"

        page    CODE,     at=0x1000, access=r-x
        page    NUMBERS,  at=0x2000, access=---
        page    RESULT,   at=0x3000, access=---
        page    FUNCTION, at=0x4000, access=---

        expect  ept_violation, gpa=NUMBERS, access=read, allowed=---
        resume                                                          ; yours

        expect  ept_violation, gpa=RESULT, access=write, allowed=---
        resume                                                          ; yours

        expect  ept_violation, gpa=FUNCTION, access=fetch, allowed=---
        resume                                                          ; yours

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
