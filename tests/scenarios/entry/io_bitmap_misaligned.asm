; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses an I/O bitmap that is not page-aligned"

        rule_in_part io_bitmap_b_misaligned
        needs   io_bitmaps
        page    CODE, at=0x1000, access=r-x
        page    BITMAP, at=0x2000, access=---
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_use_io_bitmaps
        vmcs    IO_BITMAP_A, page=BITMAP
        vmcs    IO_BITMAP_B, page=BITMAP
        twist   vmcs IO_BITMAP_B, set=1

        expect  refused_controls
        finish

guest CODE

never:  hlt
