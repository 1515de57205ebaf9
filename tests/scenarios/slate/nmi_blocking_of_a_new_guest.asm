; SDM vol. 3, "Interruptibility State"; "Saving Non-Register State" (blocking by NMI).

%include "scenario.inc"

scenario "a guest starts without blocking by NMI, and with no other"

        page    CODE, at=0x1000, access=r-x

        expect  vmcall, GUEST_INTERRUPTIBILITY_STATE=0
        finish

guest CODE

        vmcall
