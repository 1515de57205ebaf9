%include "scenario.inc"

scenario "a name that no table has is an error that says where to look"

        needs   time_travel, ept
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=r--, type=wx
        page    MORE, at=0x3000, access=r--, type=8
        set     raz, 1
        vmcs    GUEST_CR9, clear=1
        expect  ept_violaton, gpa=CODE
        remap   NOWHERE, access=rw-
        resume
        expect  ept_violation, gpe=CODE, access=wrte, GUEST_CR9=1
        resume
        expect  ept_violation, access=read|wrte|fetch, allowed=r-w
        resume
        expect  io_instruction, direction=up
        finish

guest COD, mode=long46
        vmcall
contents DTA
