; SDM vol. 3, "Instructions That Cause VM Exits Unconditionally".

%include "scenario.inc"

scenario "INVD always exits"

        rule    invd_exits
        page    CODE, at=0x1000, access=r-x

        expect  invd, rip=drop, length=2, qualification=0
        otherwise vmcall
        skip

        expect  vmcall
        finish

guest CODE

drop:   twist invd
        vmcall
