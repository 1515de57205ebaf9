; SDM vol. 3, "Details of Vectored-Event Injection"; "Interruptibility State".

%include "scenario.inc"
%include "guest.inc"

%define BLOCKING_BY_NMI    8               ; of the interruptibility state

scenario "without virtual NMIs an injected NMI blocks NMIs, so that one that is pending stays so"

        rule    injected_nmi_blocks, nmi_blocking_saved
        page    CODE, at=0x1000, access=r-x
        event_tables
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        nmi
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, value=NMI
        untwisted vmcs ENTRY_INTERRUPTION_INFORMATION, value=EXTERNAL_INTERRUPT(3)

        expect  vmcall, rip=handler, GUEST_INTERRUPTIBILITY_STATE=BLOCKING_BY_NMI
        otherwise exception_or_nmi, EXIT_INTERRUPTION_INFORMATION=NMI, rip=handler
        finish

guest CODE

        nop
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    2, handler
        gate    3, handler
