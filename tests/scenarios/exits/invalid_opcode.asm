; SDM vol. 3, "Information for VM Exits Due to Vectored Events": valid, hardware exception, no error
; code, vector 6.  "Information for VM Exits During Event Delivery": not valid, as nothing was
; being delivered.

%include "scenario.inc"

%define VALID   (1 << 31)

scenario "an invalid opcode exits as exception 6, at the instruction"

        rule    exception_exits_by_its_bit, exit_interruption_information
        rule_in_part no_idt_vectoring, exception_bitmap_bits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs EXCEPTION_BITMAP, set=1 << 6
        untwisted vmcs EXCEPTION_BITMAP, clear=1 << 6

        expect  exception_or_nmi, vector=6, rip=bad, EXIT_INTERRUPTION_INFORMATION=0x80000306, \
                IDT_VECTORING_INFORMATION=0|~VALID?
        otherwise exception_or_nmi, vector=13, error=6*8+2+1, rip=bad, IDT_VECTORING_INFORMATION=0x80000306 ; there is no IDT
        resume  at=on

        expect  vmcall
        finish

guest CODE

        nop
bad:    ud2
on:     vmcall
