; SDM vol. 3, "Information for VM Exits Due to Vectored Events".

%include "scenario.inc"

scenario "a division by zero exits as exception 0"

        rule    exception_exits_by_its_bit, exit_interruption_information
        page    CODE, at=0x1000, access=r-x
        twist   vmcs EXCEPTION_BITMAP, set=1 << 0
        untwisted vmcs EXCEPTION_BITMAP, clear=1 << 0

        expect  exception_or_nmi, vector=0, rip=bad, rcx=0, EXIT_INTERRUPTION_INFORMATION=0x80000300
        otherwise exception_or_nmi, vector=13, error=0*8+2+1, rip=bad, IDT_VECTORING_INFORMATION=0x80000300 ; there is no IDT
        set     rcx, 2
        resume                          ; the instruction is tried again

        expect  vmcall, rax=21
        finish

guest CODE

        mov     eax, 42
        xor     edx, edx
        xor     ecx, ecx
bad:    div     ecx
        vmcall
