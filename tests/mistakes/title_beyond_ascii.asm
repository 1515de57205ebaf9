%include "scenario.inc"

scenario "café"

        page    CODE, at=0x1000, access=r-x
        expect  vmcall
        finish

guest CODE
        vmcall
