%include "scenario.inc"

scenario "the guest runs on"

        page    CODE, at=0x1000, access=r-x
        expect  vmcall
        resume

guest CODE
        vmcall
