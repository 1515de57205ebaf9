%include "scenario.inc"

scenario "a page is split that EPT maps by large pages, and that has a name"

        page    CODE,  at=0x1000,   access=r-x
        page    LARGE, at=0x200000, access=rw-, level=pd
        split   LARGE
        expect  vmcall
        split
        split   CODE
        split   LARGER
        split   LARGE, level=pt
        split   LARGE, view=1
        finish

guest CODE
        vmcall
