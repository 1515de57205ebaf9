%include "scenario.inc"

scenario "a processor that a scenario is not for is named by the same words"

        needs_no
        needs_no cets, lam
        page    CODE, at=0x1000, access=r-x
        expect  vmcall
        needs_no cet
        finish

guest CODE
        needs_no cet
        vmcall
