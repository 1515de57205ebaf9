%include "scenario.inc"

scenario "an EPT entry that cannot be changed so is an error that says why"

        page    CODE, at=0x1000, access=r-x
        entry
        entry   CODE
        entry   CODE, access=r--
        entry   CODE, level=pml5, access=r--
        entry   CODE, level=pd
        entry   CODE, level=pd, access=rx
        entry   CODE, level=pd, set=1 << 12
        entry   CODE, level=pd, clear=0x80000000
        entry   CODE, level=pd, type=wb
        expect  vmcall
        resume
        entry   CODE, level=pd, access=r-x
        expect  vmcall
        finish

guest CODE
        vmcall
