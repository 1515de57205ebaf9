; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (unconditional I/O exiting); table
; "Exit Qualification for I/O Instructions": bit 6 says that the port was an immediate.

%include "scenario.inc"

scenario "IN exits with port, size and direction, and reads what the exit is answered with"

        rule    io_exits, exit_instruction_length
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_unconditional_io_exiting
        untwisted vmcs PRIMARY_CONTROLS, clear=PRIMARY_unconditional_io_exiting

        expect  io_instruction, port=0x64, size=1, direction=in, rip=byte_in, length=2, \
                qualification=0x640048
        otherwise vmcall
        set     rax, 0x1d
        skip
        expect  io_instruction, port=0xcfc, size=4, direction=in, rip=dword_in, length=1, \
                qualification=0xcfc000b
        set     rax, 0x12378086
        skip

        expect  vmcall, rbx=0x1d, rax=0x12378086
        finish

guest CODE

byte_in:
        in      al, 0x64
        mov     ebx, eax
        mov     edx, 0xcfc
dword_in:
        in      eax, dx
        vmcall
