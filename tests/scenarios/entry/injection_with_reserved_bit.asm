; SDM vol. 3, "VM-Entry Control Fields".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses the injection of an event with a reserved bit"

        rule_in_part injection_reserved_bits
        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=HARDWARE_EXCEPTION(VECTOR_UD)
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, set=1 << 20

        expect  refused_controls
        finish

guest CODE

never:  hlt
