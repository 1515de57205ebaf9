; SDM vol. 3, "VM-Entry Control Fields".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses the injection of an interrupt with an error code"

        rule_in_part injection_error_code_of_no_exception
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=EXTERNAL_INTERRUPT(0x30)
        vmcs    ENTRY_EXCEPTION_ERROR_CODE, value=0
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, set=WITH_ERROR_CODE

        expect  refused_controls
        finish

guest CODE

never:  hlt
