%include "scenario.inc"

scenario "each word has its place"

        page    CODE, at=0x1000, access=r-x
        remap   CODE, access=rwx
        resume
        expect  vmcall
        page    LATE, at=0x2000, access=r-x
        needs   ept
        expect  vmcall
        resume
        set     rax, 1
        resume
        needs   ept
        expect  vmcall
        finish
        finish
        expect  vmcall
        page    LATER, at=0x3000, access=r-x

guest CODE
        vmcall
        finish
        page    LATEST, at=0x4000, access=r-x
guest CODE
