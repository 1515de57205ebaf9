%include "scenario.inc"

scenario "instructions of the host stand beside no guest"

        page    CODE, at=0x1000, access=r-x
        set     rax, 5
        root    vmxoff, outcome=UD

guest CODE

        vmcall
