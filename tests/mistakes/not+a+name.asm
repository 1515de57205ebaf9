%include "scenario.inc"

scenario "the file's name is the scenario's name"

        page    CODE, at=0x1000, access=r-x
        expect  vmcall
        finish

guest CODE
        vmcall
