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
        gate    VECTOR_UD, handler
        gate    2, handler
        gate    VECTOR_UD, handler
        gate    VECTOR_GP, handler
