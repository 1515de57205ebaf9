; An instruction that stops with a fault-like VM exit has not been executed.
; SDM vol. 3, "Architectural State Before a VM Exit"; vol. 2, "LTR--Load Task Register".

%include "scenario.inc"
%include "guest.inc"

scenario "LTR that traps at the busy flag leaves the task register as it was"

        page    CODE, at=0x1000, access=r-x
        page    GDT,  at=0x2000, access=r--
        vmcs    SECONDARY_CONTROLS, clear=SECONDARY_descriptor_table_exiting
        vmcs    GUEST_GDTR_BASE,  value=GDT
        vmcs    GUEST_GDTR_LIMIT, value=0x1f

        expect  ept_violation, access=write|read?, allowed=r--, rip=load, \
                GUEST_TR_SELECTOR=0x18, GUEST_TR_BASE=0, GUEST_TR_LIMIT=0x67
        finish

guest CODE

        mov     eax, 0x10
load:   ltr     ax
        vmcall

contents GDT
        dq      0, CODE_64
        dd      0x5000006f, SYSTEM_TSS, 0, 0
