; SDM vol. 3, "VM-Entry Control Fields".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses the injection of a software interrupt whose instruction has 16 bytes"

        rule_in_part injection_length_above_15
        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=SOFTWARE_INTERRUPT(0x30)
        vmcs    ENTRY_INSTRUCTION_LENGTH, value=15
        twist   vmcs ENTRY_INSTRUCTION_LENGTH, value=16

        expect  refused_controls
        finish

guest CODE

never:  hlt
