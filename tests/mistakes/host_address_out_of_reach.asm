%include "scenario.inc"

scenario "a host address that is written to no page is the loader's error"

        page    CODE, at=0x1000, access=r-x
        host_address CODE + PAGE_SIZE, page=CODE
        expect  vmcall
        finish

guest CODE
        vmcall
