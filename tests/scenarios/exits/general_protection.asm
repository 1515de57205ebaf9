; SDM vol. 3, "Information for VM Exits Due to Vectored Events": valid, error code, hardware
; exception, vector 13.

%include "scenario.inc"

scenario "a non-canonical address exits as exception 13 with error code 0"

        rule    exception_exits_by_its_bit, exit_interruption_information
        page    CODE, at=0x1000, access=r-x
        twist   vmcs EXCEPTION_BITMAP, set=1 << 13
        untwisted vmcs EXCEPTION_BITMAP, clear=1 << 13

        expect  exception_or_nmi, vector=13, error=0, rip=bad, \
                EXIT_INTERRUPTION_INFORMATION=0x80000b0d
        otherwise exception_or_nmi, vector=8, error=0, rip=bad ; there is no IDT
        finish

guest CODE

        mov     rbx, 1 << 63
bad:    mov     rax, [rbx]
