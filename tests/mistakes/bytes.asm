%include "scenario.inc"

scenario "bytes are written to the pages of the scenario, and whole numbers of them"

        page    CODE, at=0x1000, access=r-x
        write   CODE
        write   CODE, tword=1
        write   CODE, 5
        revision
        revision CODE, shadow=2
        revision CODE, flip=1 << 32
        revision CODE, wrong=1
        expect  vmcall
        resume
        write   CODE, dword=1
        revision CODE
        expect  vmcall
        finish

guest CODE
write:  vmcall
