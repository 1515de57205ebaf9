%include "scenario.inc"

scenario "a number that its operand cannot hold"

        page    CODE, at=0x1000, access=r-x
        expect  vmcall
        finish

guest CODE

        mov     eax, 0x123456789
        vmcall
