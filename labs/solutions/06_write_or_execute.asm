; Lab 6: to be written or to be executed, never both, solved.
;
; An EPT violation itself invalidates the translations of its guest-physical address and of its
; linear address, but not those of other linear addresses that lead to the same page.

%include "scenario.inc"

scenario "generated code is written and executed, but its page never allows both"

        needs   invept
        page    CODE,      at=0x1000, access=r-x
        page    GENERATED, at=0x2000, access=rw-

        expect  ept_violation, gpa=GENERATED, access=fetch, allowed=rw-
        remap   GENERATED, access=r-x
        invept
        resume

        expect  vmcall, rax=1
        resume  at=again

        expect  ept_violation, gpa=GENERATED+1, access=write, allowed=r-x
        remap   GENERATED, access=rw-
        invept
        resume

        expect  ept_violation, gpa=GENERATED, access=fetch, allowed=rw-
        remap   GENERATED, access=r-x
        invept
        resume

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
