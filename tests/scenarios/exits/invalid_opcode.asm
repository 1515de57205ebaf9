; SDM vol. 3, "Information for VM Exits Due to Vectored Events": valid, hardware exception, no error
; code, vector 6.  "Information for VM Exits During Event Delivery": not valid, as nothing was
; being delivered.

%include "scenario.inc"

%define VALID   (1 << 31)

scenario "an invalid opcode exits as exception 6, at the instruction"

        page    CODE, at=0x1000, access=r-x

        expect  exception_or_nmi, vector=6, rip=bad, EXIT_INTERRUPTION_INFORMATION=0x80000306, \
                IDT_VECTORING_INFORMATION=0|~VALID?
        resume  at=on

        expect  vmcall
        finish

guest CODE

        nop
bad:    ud2
on:     vmcall
