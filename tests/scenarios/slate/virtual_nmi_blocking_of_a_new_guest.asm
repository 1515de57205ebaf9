; SDM vol. 3, "NMI-Window Exiting": the exit comes as soon as virtual NMIs are not blocked.

%include "scenario.inc"

scenario "a guest starts with virtual NMIs unblocked"

        needs   virtual_nmis
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_virtual_nmis
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_nmi_window_exiting

        expect  nmi_window, rip=start, GUEST_INTERRUPTIBILITY_STATE=0
        finish

guest CODE

start:  vmcall
