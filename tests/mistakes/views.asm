%include "scenario.inc"

scenario "a view that is not there is an error that says which are"

        page    CODE, at=0x1000, access=r-x
        eptp    CODE, view=1
        views
        views   1
        views   9
        views   2
        views   3
        eptp    CODE
        eptp    CODE, view=2
        eptp    CODE, page=2
        eptp    view=1
        vmcs    EPT_POINTER, view=2
        vmcs    PML_ADDRESS, view=1
        entry   CODE, level=pt, access=r--, view=-1
        expect  vmcall, view=2
        remap   CODE, access=r-x, view=3
        flags   CODE, none, view=4
        clear_flags CODE, view=5
        clear_flags CODE, level=pd
        views   2
        resume
        eptp    CODE, view=1
        expect  vmcall
        finish

guest CODE
        vmcall
