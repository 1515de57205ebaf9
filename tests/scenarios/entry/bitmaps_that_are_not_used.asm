; SDM vol. 3, "VM-Execution Control Fields": the addresses matter only if the bitmaps are used.

%include "scenario.inc"

scenario "VM entry does not look at the addresses of bitmaps that are not used"

        needs   io_bitmaps, msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        vmcs    IO_BITMAP_A, value=1
        vmcs    IO_BITMAP_B, value=1
        vmcs    MSR_BITMAPS, value=1

        expect  vmcall
        finish

guest CODE

        vmcall
