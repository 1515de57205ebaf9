; Lab 2: pages on demand.
;
; Find out  how a hypervisor answers a violation if the guest may use the page.  Three answers are
;           missing: a `remap` before each of the first three `resume`.
; Read      SDM vol. 3, "EPT Violations"; docs/scenarios.md, the words `remap` and `resume`.
; Done      when the verdict is `ok`.  Give each page only the permissions that its first access
;           needs.  If you give more, a later access that should trap does not trap.

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
