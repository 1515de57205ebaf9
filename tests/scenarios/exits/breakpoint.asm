; INT3 is a software exception.  It exits before it is delivered, and the exit tells its length.
; SDM vol. 3, "Information for VM Exits Due to Vectored Events"; "Information for VM Exits Due to
; Instruction Execution" (VM-exit instruction length).

%include "scenario.inc"

scenario "INT3 exits as a software exception, with the length of the instruction"

        rule    exception_exits_by_its_bit, exit_interruption_information
        page    CODE, at=0x1000, access=r-x
        twist   vmcs EXCEPTION_BITMAP, set=1 << 3
        untwisted vmcs EXCEPTION_BITMAP, clear=1 << 3

        expect  exception_or_nmi, vector=3, rip=stop, length=1, \
                EXIT_INTERRUPTION_INFORMATION=0x80000603
        otherwise exception_or_nmi, vector=13, error=3*8+2, rip=stop, IDT_VECTORING_INFORMATION=0x80000603 ; there is no IDT
        skip

        expect  vmcall
        finish

guest CODE

stop:   int3
        vmcall
