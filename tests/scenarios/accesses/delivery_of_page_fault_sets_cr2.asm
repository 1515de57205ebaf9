; Not the page fault exits, but an EPT violation while it is delivered.  The page fault has written
; CR2 before that.  When it is injected again, it would not write CR2.
; SDM vol. 3, "Architectural State Before a VM Exit".

%include "scenario.inc"
%include "guest.inc"

%define EVENT   HARDWARE_EXCEPTION(VECTOR_PF) | WITH_ERROR_CODE
%define NOWHERE 0xffe00123

scenario "a page fault whose delivery is an EPT violation has written CR2 before the exit"

        rule    idt_vectoring_error_code
        rule_in_part exception_that_exits_changes_nothing
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    EXCEPTION_BITMAP, clear=1 << VECTOR_PF

        expect  vmcall
        remap   IDT, access=---
        invept
        skip

        expect  ept_violation, gpa=IDT+16*VECTOR_PF|0xf?, access=read, rip=load, \
                IDT_VECTORING_INFORMATION=EVENT|UNDEFINED_BIT?, IDT_VECTORING_ERROR_CODE=0
        remap   IDT, access=r--
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EVENT
        vmcs    ENTRY_EXCEPTION_ERROR_CODE, value=0
        resume

        expect  vmcall, rip=done, rax=NOWHERE
        finish

guest CODE

        mov     ebx, NOWHERE
        xor     eax, eax
        mov     cr2, rax
        vmcall
load:   mov     rax, [rbx]
handler:
        mov     rax, cr2
done:   vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_PF, handler
