; SDM vol. 3, "Saving RIP, RSP, RFLAGS, and SSP".

%include "scenario.inc"
%include "guest.inc"

scenario "an exit of the first instruction of an NMI's handler saves the RIP of that instruction"

        rule    rip_saved
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    PIN_BASED_CONTROLS, clear=PIN_BASED_nmi_exiting
        twist   nmi

        expect  vmcall, rip=handler, rsp=STACK + PAGE_SIZE - 40
        otherwise vmcall, rip=CODE
        finish

guest CODE

        vmcall
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    2, handler
