; SDM vol. 3, table "Exit Qualification for Debug Exceptions"; "Data Breakpoint Exception Condition"
; (I/O breakpoints).

%include "scenario.inc"
%include "guest.inc"

%define PORT    0x80                    ; of the firmware's progress, of which nothing depends

scenario "a breakpoint of an I/O port exits behind the access"

        rule_in_part debug_exception_qualification
        page    CODE, at=0x1000, access=r-x
        open_debug_registers
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_unconditional_io_exiting
        vmcs    GUEST_CR4, set=CR4_DE

        expect  exception_or_nmi, vector=VECTOR_DB, rip=behind, qualification=BREAKPOINT(2)
        otherwise vmcall
        finish

guest CODE

        breakpoint 2, PORT, ON_PORT(2)
        twist   out PORT, al
        untwisted out PORT + 1, al
behind: vmcall
