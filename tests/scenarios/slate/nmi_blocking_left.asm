; SDM vol. 3, "Injected-Event Delivery"; "Saving Non-Register State" (blocking by NMI).

%include "scenario.inc"
%include "guest.inc"

%define BLOCKING_BY_NMI (1 << 3)

scenario "a guest that exits from its NMI handler leaves NMIs blocked"

        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=NMI

        expect  vmcall, rip=handler, GUEST_INTERRUPTIBILITY_STATE=BLOCKING_BY_NMI
        finish

guest CODE

        hlt
handler: vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    2, handler
