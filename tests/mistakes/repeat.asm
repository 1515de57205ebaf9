%include "scenario.inc"

scenario "what is repeated is whole"

        page    CODE, at=0x1000, access=r-x
        end_repeat
        repeat  0
        expect  vmcall
        resume
        end_repeat
        repeat  2
        end_repeat
        repeat
        expect  vmcall
        end_repeat
        resume
        end_repeat
        repeat  2
        expect  vmcall
        resume
        repeat  2
        expect  vmcall
        resume
        end_repeat
        repeat  2
        expect  vmcall
        finish

guest CODE
        vmcall
