; SDM vol. 3, "Interruptibility State"; "Saving Non-Register State" (blocking by NMI).

%include "scenario.inc"

%define BLOCKING_BY_NMI (1 << 3)

scenario "a guest may end with virtual NMIs blocked"

        needs   virtual_nmis
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_virtual_nmis
        vmcs    GUEST_INTERRUPTIBILITY_STATE, value=BLOCKING_BY_NMI

        expect  vmcall, GUEST_INTERRUPTIBILITY_STATE=BLOCKING_BY_NMI
        finish

guest CODE

        vmcall
