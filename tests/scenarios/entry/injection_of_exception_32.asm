; SDM vol. 3, "VM-Entry Control Fields".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses the injection of an exception with vector 32"

        rule    injection_vector_of_exception
        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=HARDWARE_EXCEPTION(31)
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, value=HARDWARE_EXCEPTION(32)

        expect  refused_controls
        finish

guest CODE

never:  hlt
