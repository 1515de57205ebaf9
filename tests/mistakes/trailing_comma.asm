%include "scenario.inc"

scenario "a comma too many"

        page    CODE, at=0x1000, access=r-x
        expect  vmcall, rax=1,
        finish

guest CODE
        vmcall
