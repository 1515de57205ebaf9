; SDM vol. 3, "Other Causes of VM Exits"; "Interruptibility State".

%include "scenario.inc"
%include "guest.inc"

%define BLOCKING_BY_NMI    8               ; of the interruptibility state

scenario "an NMI exits with virtual NMIs, though they are blocked"

        rule    nmi_exits, nmi_blocking_saved
        needs   virtual_nmis
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_virtual_nmis
        vmcs    GUEST_INTERRUPTIBILITY_STATE, value=BLOCKING_BY_NMI
        twist   nmi

        expect  exception_or_nmi, EXIT_INTERRUPTION_INFORMATION=NMI, rip=CODE, \
                GUEST_INTERRUPTIBILITY_STATE=BLOCKING_BY_NMI
        otherwise vmcall, GUEST_INTERRUPTIBILITY_STATE=BLOCKING_BY_NMI
        finish

guest CODE

        vmcall
