; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (HLT exiting).

%include "scenario.inc"

scenario "HLT exits, and the guest goes on behind it when it is skipped"

        page    CODE, at=0x1000, access=r-x

        expect  hlt, rip=rest, length=1, qualification=0
        skip

        expect  vmcall
        finish

guest CODE

rest:   hlt
        vmcall
