%include "scenario.inc"

scenario "more bytes than the page has, where nothing follows: the loader finds it"

        page    CODE, at=0x1000, access=r-x
        expect  vmcall
        finish

guest CODE

        vmcall
        times 4096 nop
