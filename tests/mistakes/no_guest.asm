%include "scenario.inc"

scenario "no guest"

        page    CODE, at=0x1000, access=r-x
        expect  vmcall
        finish
