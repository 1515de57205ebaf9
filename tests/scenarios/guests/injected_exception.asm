; SDM vol. 3, "Event Injection"; "Vectored-Event Injection": the error code is pushed after
; the frame.

%include "scenario.inc"
%include "guest.inc"

%define PROTECTION      HARDWARE_EXCEPTION(VECTOR_GP) | WITH_ERROR_CODE
%define TOP             STACK + PAGE_SIZE

scenario "an injected exception brings its error code"

        rule_in_part injection_ignores_the_exception_bitmap
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=PROTECTION
        vmcs    ENTRY_EXCEPTION_ERROR_CODE,     value=0x58

        expect  vmcall, rip=handler, rsp=TOP-48
        holds   TOP-48, qword=0x58
        holds   TOP-40, qword=start
        finish

guest CODE

start:  hlt
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_GP, handler
