%include "scenario.inc"
%include "guest.inc"

scenario "gates out of order are an error, and one gate is one vector"

        page    CODE, at=0x1000, access=r-x
        event_tables
        expect  vmcall
        finish

guest CODE
handler:
        vmcall

contents IDT
        gate    INVALID_OPCODE, handler
        gate    2, handler
        gate    INVALID_OPCODE, handler
        gate    GENERAL_PROTECTION, handler
