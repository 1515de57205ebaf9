; SDM vol. 3, "Instructions That Cause VM Exits Unconditionally".

%include "scenario.inc"

scenario "INVD always exits"

        page    CODE, at=0x1000, access=r-x

        expect  invd, rip=drop, length=2, qualification=0
        skip

        expect  vmcall
        finish

guest CODE

drop:   invd
        vmcall
