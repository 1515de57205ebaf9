; SDM vol. 3, "Single-Step Exception Condition": the trap comes after the instruction.

%include "scenario.inc"

scenario "what is skipped with RFLAGS.TF = 1 is a single step"

        page    CODE, at=0x1000, access=r-x

        expect  cpuid
        twist   set rflags, 0x102
        skip

        expect  exception_or_nmi, vector=1, qualification=1 << 14, rip=next, rax=0
        otherwise vmcall, rax=1
        finish

guest CODE

        cpuid
next:   mov     eax, 1
        vmcall
