%include "scenario.inc"

scenario "an EPTP that lies in no page is the loader's error"

        page    CODE, at=0x1000, access=r-x
        eptp    CODE + PAGE_SIZE - 4, view=0
        expect  vmcall
        finish

guest CODE
        vmcall
