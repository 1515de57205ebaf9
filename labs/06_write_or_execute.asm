; Lab 6: to be written or to be executed, never both.
;
; Find out  how a hypervisor lets a guest write code to a page and run it, while the page is never
;           writable and executable at once.  Three answers are missing.
; Read      SDM vol. 3, "EPT Violations", "Operations that Invalidate Cached Mappings", "Guidelines
;           for Use of the INVEPT Instruction".
; Done      when the verdict is `ok`, and every answer that takes a permission away also says
;           `invept`.  Bochs forgets its translations at every VM entry, so there the verdict is the
;           same without it; a real processor may keep them.

%include "scenario.inc"

scenario "generated code is written and executed, but its page never allows both"

        needs   invept
        page    CODE,      at=0x1000, access=r-x
        page    GENERATED, at=0x2000, access=rw-

        expect  ept_violation, gpa=GENERATED, access=fetch, allowed=rw-
        resume                                                          ; yours

        expect  vmcall, rax=1
        resume  at=again

        expect  ept_violation, gpa=GENERATED+1, access=write, allowed=r-x
        resume                                                          ; yours

        expect  ept_violation, gpa=GENERATED, access=fetch, allowed=rw-
        resume                                                          ; yours

        expect  vmcall, rax=2
        finish

guest CODE

        mov     rax, [return_1]
        mov     [GENERATED], rax
        jmp     GENERATED
again:  mov     dword [GENERATED + 1], 2
        jmp     GENERATED
return_1:
        db      0xb8, 1, 0, 0, 0        ; mov eax, 1
        vmcall
