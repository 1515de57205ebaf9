; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (unconditional I/O exiting); table
; "Exit Qualification for I/O Instructions".

%include "scenario.inc"

scenario "OUT exits with port, size and direction"

        rule    io_exits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_unconditional_io_exiting
        untwisted vmcs PRIMARY_CONTROLS, clear=PRIMARY_unconditional_io_exiting

        expect  io_instruction, port=0x80, size=1, direction=out, rax=0x42, rip=byte_out, \
                qualification=0x800040
        otherwise vmcall, rax=0x42
        skip
        expect  io_instruction, port=0xffff, size=2, direction=out, rip=word_out, \
                qualification=0xffff0001
        skip

        expect  vmcall
        finish

guest CODE

        mov     eax, 0x42
byte_out:
        out     0x80, al
        mov     edx, 0xffff
word_out:
        out     dx, ax
        vmcall
