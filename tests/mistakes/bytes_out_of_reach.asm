%include "scenario.inc"

scenario "bytes are written to the pages of the scenario only"

        page    CODE, at=0x1000, access=r-x
        write   CODE + 0xffd, dword=1
        expect  vmcall
        finish

guest CODE
        vmcall
