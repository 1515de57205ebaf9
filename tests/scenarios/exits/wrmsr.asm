; SDM vol. 3, "Instructions That Cause VM Exits Conditionally".

%include "scenario.inc"

scenario "WRMSR exits and writes nothing"

        page    CODE, at=0x1000, access=r-x

        expect  wrmsr, rcx=IA32_KERNEL_GS_BASE, rax=0x1000, rdx=0, rip=write, length=2, \
                qualification=0
        skip

        expect  vmcall
        finish

IA32_KERNEL_GS_BASE     equ     0xc0000102

guest CODE

        mov     ecx, IA32_KERNEL_GS_BASE
        mov     eax, 0x1000
        xor     edx, edx
write:  wrmsr
        vmcall
