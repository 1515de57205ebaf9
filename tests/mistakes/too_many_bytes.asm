%include "scenario.inc"

scenario "more bytes than the page has"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=r--
        page    TAIL, at=0x3000, access=r--
        expect  vmcall
        finish

guest CODE

        vmcall
        times 4096 nop

contents DATA

        times 4097 db 0

contents TAIL

        times 4096 db 0
