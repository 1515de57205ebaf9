%include "scenario.inc"

scenario "a misspelt label"

        page    CODE, at=0x1000, access=r-x
        expect  vmcall, rip=hrere
        resume  at=three
        expect  vmcall
        finish

guest CODE

here:   vmcall
there:  vmcall
