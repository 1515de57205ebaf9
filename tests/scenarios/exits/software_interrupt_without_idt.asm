; INT n itself does not exit.  Its gate is beyond the IDT's limit, which causes a general-protection
; fault with the gate as error code.  The exit tells which event was being delivered.
; SDM vol. 3, "Information for VM Exits During Event Delivery"; "Error Code".

%include "scenario.inc"

%define UNDEFINED       (1 << 12)

scenario "a fault during the delivery of INT n tells about both"

        rule    exit_instruction_length_of_delivery
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_IDTR_LIMIT, value=0
        untwisted vmcs GUEST_IDTR_LIMIT, value=0xfff

        expect  exception_or_nmi, vector=13, error=0x30*8+2, rip=call, \
                IDT_VECTORING_INFORMATION=0x80000430|UNDEFINED?, length=2
        otherwise ept_violation, gpa=0x30*16, access=read, rip=call, \
                IDT_VECTORING_INFORMATION=0x80000430|UNDEFINED?, length=2
        finish

guest CODE

call:   int     0x30
