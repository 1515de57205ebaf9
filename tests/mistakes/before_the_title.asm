%include "scenario.inc"

        page    CODE, at=0x1000, access=r-x
        needs   ept
        expect  vmcall
        finish

guest CODE
