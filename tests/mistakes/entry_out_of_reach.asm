%include "scenario.inc"

scenario "an EPT entry that no table has is the loader's error"

        page    CODE, at=0x1000, access=r-x
        entry   CODE + (1 << 48), level=pml4, access=r-x
        expect  vmcall
        finish

guest CODE
        vmcall
