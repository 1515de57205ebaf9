; There is nothing that IRET could have ended here.
; SDM vol. 3, "Architectural State Before a VM Exit"; table "Exit Qualification for EPT Violations",
; bit 12 (NMI unblocking due to IRET).

%include "scenario.inc"
%include "guest.inc"

%define READ            (1 << 0)
%define LINEAR          (3 << 7)                ; valid, and of the access itself
%define ADVANCED        (7 << 9)                ; advanced VM-exit information

scenario "an EPT violation of IRET without blocking by NMI tells of no blocking that it ended"

        rule    nmi_unblocking_in_ept_violation
        needs   virtual_nmis
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_virtual_nmis

        expect  vmcall
        remap   STACK, access=---
        invept
        skip

        expect  ept_violation, rip=back, GUEST_INTERRUPTIBILITY_STATE=0, \
                qualification=READ|LINEAR|ADVANCED?
        finish

guest CODE

        mov     esp, STACK
        vmcall
back:   iretq

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents STACK
        dq      back, 8, 2, 0x5678, 0x10
