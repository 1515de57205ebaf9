; The whole instruction exits once, before its first byte, so RCX still has the full count.
; SDM vol. 3, table "Exit Qualification for I/O Instructions", bits 4 (string) and 5 (REP);
; "Information for VM Exits Due to Instruction Execution" (guest-linear address).

%include "scenario.inc"

scenario "REP OUTSB exits once, with its string, its count and its linear address"

        rule    string_io_exits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_unconditional_io_exiting
        untwisted vmcs PRIMARY_CONTROLS, clear=PRIMARY_unconditional_io_exiting

        expect  io_instruction, port=0x80, size=1, direction=out, string=1, rep=1, rip=send, \
                length=2, qualification=0x800030, rcx=5, rsi=text, GUEST_LINEAR_ADDRESS=text
        otherwise vmcall, rcx=0, rsi=text+5
        skip

        expect  vmcall, rcx=5, rsi=text
        finish

guest CODE

        mov     edx, 0x80
        mov     rsi, text
        mov     ecx, 5
send:   rep outsb
        vmcall
text:   db      "hello"
