; SDM vol. 3, "VM-Execution Control Fields": the addresses matter only if the bitmaps are used.

%include "scenario.inc"

%define USED    PRIMARY_use_io_bitmaps | PRIMARY_use_msr_bitmaps

scenario "VM entry does not look at the addresses of bitmaps that are not used"

        rule    unused_addresses_are_not_checked
        needs   io_bitmaps, msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        vmcs    IO_BITMAP_A, value=1
        vmcs    IO_BITMAP_B, value=1
        vmcs    MSR_BITMAPS, value=1
        vmcs    PRIMARY_CONTROLS, set=USED
        twist   vmcs PRIMARY_CONTROLS, clear=USED

        expect  vmcall
        otherwise refused_controls
        finish

guest CODE

        vmcall
