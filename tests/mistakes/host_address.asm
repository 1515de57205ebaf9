%include "scenario.inc"

scenario "a host address is of a page, and has 12 bits to spare"

        page    CODE, at=0x1000, access=r-x
        host_address
        host_address CODE
        host_address CODE, set=1
        host_address CODE, page=DATA
        host_address CODE, page=CODE, set=0x1000
        host_address CODE, view=1
        expect  vmcall
        finish
        host_address CODE, page=CODE

guest CODE
        vmcall
