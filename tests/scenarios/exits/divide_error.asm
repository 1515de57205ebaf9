; SDM vol. 3, "Information for VM Exits Due to Vectored Events".

%include "scenario.inc"

scenario "a division by zero exits as exception 0"

        page    CODE, at=0x1000, access=r-x

        expect  exception_or_nmi, vector=0, rip=bad, rcx=0, EXIT_INTERRUPTION_INFORMATION=0x80000300
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
