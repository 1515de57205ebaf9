%include "scenario.inc"

scenario "guest code between the declarations"

        page    CODE, at=0x1000, access=r-x
        nop
        expect  vmcall
        finish

guest CODE

        vmcall
