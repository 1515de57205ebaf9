; SDM vol. 3, "Information for VM Exits Due to Vectored Events": INT1 is a privileged software
; exception, type 5, and no debug exception.

%include "scenario.inc"
%include "guest.inc"

scenario "INT1 exits as a privileged software exception of one byte"

        rule    exit_interruption_type_of_int1
        page    CODE, at=0x1000, access=r-x
        open_debug_registers

        expect  exception_or_nmi, vector=VECTOR_DB, rip=first, qualification=0, length=1, \
                EXIT_INTERRUPTION_INFORMATION=PRIVILEGED_EXCEPTION(VECTOR_DB)
        otherwise vmcall, rax=DR6_FIXED
        skip
        expect  vmcall, rax=DR6_FIXED
        finish

guest CODE

first:  twist   int1
        untwisted nop
        mov     rax, dr6
        vmcall
