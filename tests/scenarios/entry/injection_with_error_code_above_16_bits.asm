; The event is a general-protection exception, which has an error code.
; SDM vol. 3, "VM-Entry Control Fields".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses the injection of an error code of more than 16 bits"

        rule_in_part injection_error_code_bits_31_16
        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=HARDWARE_EXCEPTION(VECTOR_GP) | WITH_ERROR_CODE
        vmcs    ENTRY_EXCEPTION_ERROR_CODE, value=0
        twist   vmcs ENTRY_EXCEPTION_ERROR_CODE, set=1 << 31

        expect  refused_controls
        finish

guest CODE

never:  hlt
