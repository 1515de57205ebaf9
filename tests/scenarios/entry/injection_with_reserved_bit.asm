; The event is an invalid-opcode exception, and its reserved bit 20 is 1.
; SDM vol. 3, "VM-Entry Control Fields".

%include "scenario.inc"

scenario "VM entry refuses the injection of an event with a reserved bit"

        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=0x80100306

        expect  refused_controls
        finish

guest CODE

never:  hlt
