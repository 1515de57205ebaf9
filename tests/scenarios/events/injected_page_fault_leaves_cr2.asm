; SDM vol. 3, "Details of Vectored-Event Injection".

%include "scenario.inc"
%include "guest.inc"

%define BEFORE  0x1234
%define NOWHERE 0xffe00123

scenario "an injected page fault does not write CR2"

        rule    injection_changes_no_register
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    EXCEPTION_BITMAP, clear=1 << VECTOR_PF

        expect  vmcall
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, \
                        value=HARDWARE_EXCEPTION(VECTOR_PF) | WITH_ERROR_CODE
        twist   vmcs ENTRY_EXCEPTION_ERROR_CODE, value=PF_WRITE
        skip
        expect  vmcall, rip=there, rax=BEFORE, rbx=PF_WRITE
        otherwise vmcall, rip=there, rax=NOWHERE, rbx=0
        finish

guest CODE

        mov     eax, BEFORE
        mov     cr2, rax
        mov     ebx, NOWHERE
        vmcall
        mov     rax, [rbx]
handler:
        pop     rbx                     ; the error code
        mov     rax, cr2
there:  vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_PF, handler
