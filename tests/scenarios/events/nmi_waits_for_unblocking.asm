; SDM vol. 3, "Interruptibility State".

%include "scenario.inc"
%include "guest.inc"

%define BLOCKING_BY_NMI    8               ; of the interruptibility state

scenario "blocking by NMI keeps an NMI pending, and no IRET ends it where NMIs exit"

        rule    nmi_exits, nmi_blocking_saved
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EXTERNAL_INTERRUPT(0x40)
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        nmi
        twist   vmcs GUEST_INTERRUPTIBILITY_STATE, value=BLOCKING_BY_NMI

        expect  vmcall, rip=CODE, GUEST_INTERRUPTIBILITY_STATE=BLOCKING_BY_NMI
        otherwise exception_or_nmi, EXIT_INTERRUPTION_INFORMATION=NMI, rip=handler
        vmcs    GUEST_INTERRUPTIBILITY_STATE, value=0
        resume
        expect  exception_or_nmi, EXIT_INTERRUPTION_INFORMATION=NMI, rip=CODE
        finish

guest CODE

        vmcall
handler:
        iretq

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x40, handler
