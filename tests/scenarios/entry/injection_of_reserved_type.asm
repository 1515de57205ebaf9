; SDM vol. 3, "VM-Entry Control Fields".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses the injection of an event of type 1"

        rule    injection_type_1
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EXTERNAL_INTERRUPT(0x30)
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, set=1 << 8

        expect  refused_controls
        finish

guest CODE

never:  hlt
