%include "scenario.inc"

scenario "a real-mode guest that starts beyond its first segment"

        page    CODE, at=0x10000, access=r-x
        expect  vmcall
        finish

guest CODE, mode=real16

        vmcall
