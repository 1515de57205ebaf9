; SDM vol. 3, "VM-Entry Control Fields".

%include "scenario.inc"
%include "guest.inc"

%define PROTECTION      HARDWARE_EXCEPTION(VECTOR_GP) | WITH_ERROR_CODE
%define TOP             STACK + PAGE_SIZE

scenario "VM entry injects an error code with bit 15, the highest that it may have"

        rule_in_part injection_error_code_bits_31_16
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=PROTECTION
        twist   vmcs ENTRY_EXCEPTION_ERROR_CODE, value=1 << 15
        untwisted vmcs ENTRY_EXCEPTION_ERROR_CODE, value=1 << 16

        expect  vmcall, rip=handler, rsp=TOP-48
        otherwise refused_controls
        holds   TOP-48, qword=1 << 15
        finish

guest CODE

never:  hlt
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_GP, handler
