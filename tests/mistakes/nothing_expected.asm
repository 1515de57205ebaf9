%include "scenario.inc"

scenario "nothing is expected"

        page    CODE, at=0x1000, access=r-x

guest CODE
        vmcall
