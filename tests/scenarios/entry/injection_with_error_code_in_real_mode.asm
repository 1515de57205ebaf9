; SDM vol. 3, "VM-Entry Control Fields".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses the injection of an error code in real-address mode"

        rule    injection_error_code_in_real_mode
        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=HARDWARE_EXCEPTION(VECTOR_GP)
        vmcs    ENTRY_EXCEPTION_ERROR_CODE, value=0
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, set=WITH_ERROR_CODE

        expect  refused_controls
        finish

guest CODE, mode=real16

never:  hlt
