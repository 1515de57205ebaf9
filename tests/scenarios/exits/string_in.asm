; SDM vol. 3, table "Exit Qualification for I/O Instructions", bit 4 (string);
; "Information for VM Exits Due to Instruction Execution" (guest-linear address).

%include "scenario.inc"

scenario "INSW exits with the linear address that it would write"

        rule    string_io_exits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_unconditional_io_exiting
        untwisted vmcs PRIMARY_CONTROLS, clear=PRIMARY_unconditional_io_exiting
        page    DATA, at=0x2000, access=rw-

        expect  io_instruction, port=0x1f0, size=2, direction=in, rip=take, length=2, \
                qualification=0x1f00019, rdi=DATA+6, GUEST_LINEAR_ADDRESS=DATA+6
        otherwise vmcall, rdi=DATA+8
        holds   DATA+6, word=0
        finish

guest CODE

        mov     edx, 0x1f0
        mov     edi, DATA + 6
take:   insw
        vmcall
