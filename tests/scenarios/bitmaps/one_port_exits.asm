; SDM vol. 3, "I/O-Bitmap Addresses"; "Instructions That Cause VM Exits Conditionally"

%include "scenario.inc"
%include "guest.inc"

%define PORT    0x80                            ; shows what is written to it, or nothing

scenario "with I/O bitmaps an access exits only by the bit of its port"

        needs   io_bitmaps
        rule_in_part io_bitmap_ports, io_bitmaps_before_unconditional_exiting
        page    CODE,     at=0x1000, access=r-x
        page    BITMAP_A, at=0x2000, access=---
        page    BITMAP_B, at=0x3000, access=---
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_use_io_bitmaps
        vmcs    IO_BITMAP_A, page=BITMAP_A
        vmcs    IO_BITMAP_B, page=BITMAP_B

        expect  vmcall
        otherwise io_instruction, port=PORT, direction=out, rip=free
        skip
        expect  io_instruction, port=0x7ffe, direction=in, size=1, rip=bit
        skip
        expect  io_instruction, port=0x7ffd, direction=in, size=2, rip=second
        finish

guest CODE
free:   out     PORT, al
        vmcall
        mov     edx, 0x7ffe
bit:    in      al, dx
        dec     edx
second: in      ax, dx                          ; its second byte is that of port 0x7ffe

contents BITMAP_A
        times 0x7ffe / 8 db 0
        db      1 << (0x7ffe & 7)

contents BITMAP_B
        db      0
