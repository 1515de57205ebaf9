; SDM vol. 3, "I/O-Bitmap Addresses"

%include "scenario.inc"
%include "guest.inc"

scenario "an access to ports 0x7fff and 0x8000 exits by the first bit of I/O bitmap B"

        needs   io_bitmaps
        rule_in_part io_bitmap_ports
        page    CODE,     at=0x1000, access=r-x
        page    BITMAP_A, at=0x2000, access=---
        page    BITMAP_B, at=0x3000, access=---
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_use_io_bitmaps
        vmcs    IO_BITMAP_A, page=BITMAP_A
        twist   vmcs IO_BITMAP_B, page=BITMAP_B
        untwisted vmcs IO_BITMAP_B, page=BITMAP_A

        expect  io_instruction, port=0x7fff, size=2, direction=in
        otherwise vmcall
        finish

guest CODE
        mov     edx, 0x7fff
        in      ax, dx
        vmcall

contents BITMAP_A
        db      0

contents BITMAP_B
        db      1 << 0
