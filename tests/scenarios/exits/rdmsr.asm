; Without MSR bitmaps every RDMSR exits, even for an MSR that does not exist.
; SDM vol. 3, "Instructions That Cause VM Exits Conditionally".

%include "scenario.inc"

scenario "RDMSR exits, and the guest reads what the exit is answered with"

        rule    msr_exits_without_bitmaps
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, clear=PRIMARY_use_msr_bitmaps
        untwisted needs msr_bitmaps
        untwisted vmcs PRIMARY_CONTROLS, set=PRIMARY_use_msr_bitmaps
        untwisted page NO_EXITS, at=0x2000, access=---
        untwisted vmcs MSR_BITMAPS, page=NO_EXITS

        expect  rdmsr, rcx=IA32_APIC_BASE, rip=read, length=2, qualification=0
        otherwise rdmsr, rcx=NO_SUCH_MSR, rip=guess
        set     rax, 0xfee00900
        set     rdx, 0
        skip
        expect  rdmsr, rcx=NO_SUCH_MSR, rip=guess
        skip

        expect  vmcall, rbx=0xfee00900
        finish

IA32_APIC_BASE  equ     0x1b
NO_SUCH_MSR     equ     0x4000ffff

guest CODE

        mov     ecx, IA32_APIC_BASE
read:   rdmsr
        mov     ebx, eax
        mov     ecx, NO_SUCH_MSR
guess:  rdmsr
        vmcall
