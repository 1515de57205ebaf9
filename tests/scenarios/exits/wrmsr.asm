; Without the exit the MSR is written; the host makes no use of this one.
; SDM vol. 3, "Instructions That Cause VM Exits Conditionally".

%include "scenario.inc"

scenario "WRMSR exits and writes nothing"

        rule    msr_exits_without_bitmaps
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, clear=PRIMARY_use_msr_bitmaps
        untwisted needs msr_bitmaps
        untwisted vmcs PRIMARY_CONTROLS, set=PRIMARY_use_msr_bitmaps
        untwisted page NO_EXITS, at=0x2000, access=---
        untwisted vmcs MSR_BITMAPS, page=NO_EXITS

        expect  wrmsr, rcx=IA32_KERNEL_GS_BASE, rax=0x1000, rdx=0, rip=write, length=2, \
                qualification=0
        otherwise vmcall, rax=0x1000
        skip

        expect  vmcall
        finish

IA32_KERNEL_GS_BASE     equ     0xc0000102

guest CODE

        mov     ecx, IA32_KERNEL_GS_BASE
        mov     eax, 0x1000
        xor     edx, edx
write:  wrmsr
        untwisted xor eax, eax
        untwisted rdmsr
        vmcall
