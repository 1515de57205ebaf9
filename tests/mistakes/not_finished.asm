%include "scenario.inc"

scenario "the last exit is not answered"

        page    CODE, at=0x1000, access=r-x
        expect  vmcall

guest CODE
        vmcall
