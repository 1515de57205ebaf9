; SDM vol. 3, "Pin-Based VM-Execution Controls"; "Saving Non-Register State".

%include "scenario.inc"
%include "guest.inc"

%define BLOCKING_BY_NMI    8               ; of the interruptibility state

scenario "an NMI that does not exit goes through the guest's IDT, and blocks NMIs until IRET"

        rule    nmi_exits, nmi_blocking_saved
        page    CODE, at=0x1000, access=r-x
        event_tables
        twist   vmcs PIN_BASED_CONTROLS, clear=PIN_BASED_nmi_exiting
        nmi

        expect  vmcall, rip=in_handler, GUEST_INTERRUPTIBILITY_STATE=BLOCKING_BY_NMI
        otherwise exception_or_nmi, EXIT_INTERRUPTION_INFORMATION=NMI, rip=CODE
        holds   STACK + PAGE_SIZE - 40, qword=CODE
        skip
        expect  vmcall, rip=CODE, GUEST_INTERRUPTIBILITY_STATE=0
        finish

guest CODE

        vmcall
handler:
        nop
in_handler:
        vmcall
        iretq

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    2, handler
