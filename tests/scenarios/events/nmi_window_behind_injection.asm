; SDM vol. 3, "NMI-Window Exiting"; "Details of Vectored-Event Injection".

%include "scenario.inc"
%include "guest.inc"

%define BLOCKING_BY_NMI    8               ; of the interruptibility state

scenario "the NMI window opens behind an injected interrupt, and behind the IRET of an injected NMI"

        rule    nmi_window_conditions, injected_nmi_blocks
        needs   virtual_nmis
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_virtual_nmis
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_nmi_window_exiting
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, value=NMI
        untwisted vmcs ENTRY_INTERRUPTION_INFORMATION, value=EXTERNAL_INTERRUPT(3)

        expect  vmcall, rip=handler, GUEST_INTERRUPTIBILITY_STATE=BLOCKING_BY_NMI
        otherwise nmi_window, rip=handler, rsp=STACK + PAGE_SIZE - 40
        skip
        expect  nmi_window, rip=CODE
        finish

guest CODE

        vmcall
handler:
        vmcall
        iretq

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    2, handler
        gate    3, handler
