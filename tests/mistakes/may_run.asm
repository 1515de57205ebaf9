%include "scenario.inc"

scenario "a limit for the guest's run says which numbers are allowed"

        page    CODE, at=0x1000, access=r-x
        may_run
        may_run 1, 2
        may_run 0
        may_run 20001
        may_run 20000
        may_run 20000
        expect  vmcall
        may_run 10
        finish

guest CODE

        vmcall
