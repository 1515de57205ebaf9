%include "scenario.inc"

scenario "the revision identifier is written to the pages of the scenario only"

        page    CODE, at=0x1000, access=r-x
        expect  vmcall
        revision 0x5000
        finish

guest CODE
        vmcall
