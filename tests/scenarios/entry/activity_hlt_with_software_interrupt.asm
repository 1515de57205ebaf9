; SDM vol. 3, "Checks on Guest Non-Register State".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses the injection of a software interrupt into the HLT state"

        rule_in_part hlt_with_event
        needs   activity_hlt
        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=SOFTWARE_INTERRUPT(0x30)
        vmcs    ENTRY_INSTRUCTION_LENGTH, value=2
        twist   vmcs GUEST_ACTIVITY_STATE, value=1

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
