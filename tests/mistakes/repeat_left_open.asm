%include "scenario.inc"

scenario "a repeat without its end"

        page    CODE, at=0x1000, access=r-x
        repeat  3
        expect  vmcall
        resume

guest CODE
        vmcall
