; When an NMI is delivered, it blocks further NMIs until IRET.
; SDM vol. 3, "Event Injection"; "Interruptibility State", bit 3.

%include "scenario.inc"
%include "guest.inc"

%define BLOCKING_BY_NMI 8

scenario "an injected NMI blocks NMIs until IRET"

        rule    injected_nmi_blocks
        rule_in_part nmi_blocking_saved
        needs   virtual_nmis
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_virtual_nmis
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=NMI

        expect  vmcall, rip=handler, GUEST_INTERRUPTIBILITY_STATE=BLOCKING_BY_NMI
        skip

        expect  vmcall, rip=start, GUEST_INTERRUPTIBILITY_STATE=0
        finish

guest CODE

start:  vmcall

handler:
        vmcall
        iretq

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    2, handler
