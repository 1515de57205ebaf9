; The interrupt is delivered before the guest runs its first instruction: RIP, CS, RFLAGS, RSP and
; SS are on the stack, and the interruption information is no longer valid.
; SDM vol. 3, "Event Injection"; "Vectored-Event Injection"; "64-Bit Mode Stack Frame".

%include "scenario.inc"
%include "guest.inc"

%define INTERRUPT       EXTERNAL_INTERRUPT(0x30)
%define TOP             STACK + PAGE_SIZE

scenario "an injected interrupt goes through the guest's IDT, and IRETQ comes back"

        rule    injection_is_used_up
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=INTERRUPT

        expect  vmcall, rip=handler, rsp=TOP-40, rflags=2, \
                ENTRY_INTERRUPTION_INFORMATION=INTERRUPT & 0x7fffffff
        holds   TOP-40, qword=start
        holds   TOP-32, qword=8
        holds   TOP-24, qword=2 | RFLAGS_IF
        holds   TOP-16, qword=TOP
        holds   TOP-8,  qword=0x10
        skip

        expect  vmcall, rip=start, rsp=TOP, rflags=2 | RFLAGS_IF
        finish

guest CODE

start:  vmcall

handler:
        vmcall
        iretq

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x30, handler
