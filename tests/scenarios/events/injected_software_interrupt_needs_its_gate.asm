; SDM vol. 3, "Details of Vectored-Event Injection": the privilege of the gate is checked as it is
; for INT n itself.

%include "scenario.inc"
%include "guest.inc"

scenario "an injected INT n of privilege level 3 through a gate of level 0 is a general protection"

        rule    injected_software_interrupt
        page    CODE, at=0x1000, access=r-x
        page    TASK, at=0x6000, access=r--
        event_tables
        user_mode
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        vmcs    GUEST_TR_BASE, value=TASK
        vmcs    ENTRY_INSTRUCTION_LENGTH, value=2
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, value=SOFTWARE_INTERRUPT(0x30)
        untwisted vmcs ENTRY_INTERRUPTION_INFORMATION, value=EXTERNAL_INTERRUPT(0x30)

        expect  exception_or_nmi, vector=VECTOR_GP, error=0x30<<3|2, rip=first, length=2, \
                IDT_VECTORING_INFORMATION=SOFTWARE_INTERRUPT(0x30)|UNDEFINED_BIT?
        otherwise vmcall, rip=handler, GUEST_CS_SELECTOR=8
        finish

guest CODE

first:  int     0x30
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x30, handler
contents TASK
        dd      0
        dq      STACK + 0x800           ; RSP of privilege level 0
