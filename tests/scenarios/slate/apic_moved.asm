; SDM vol. 3, "Local APIC Status and Location"; "MSR-Bitmap Address".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

%define PROCESSOR       (1 << 8)                ; bootstrap processor
%define X2APIC          (1 << 10)
%define ENABLE          (1 << 11)
%define ELSEWHERE       0xfee01000

scenario "a guest for which WRMSR does not exit can move the local APIC"

        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        open_msrs

        expect  vmcall, rbx=ELSEWHERE|PROCESSOR|ENABLE|X2APIC?
        finish

guest CODE

        read_msr rbx, IA32_APIC_BASE
        and     ebx, PROCESSOR | X2APIC | ENABLE
        mov     eax, ELSEWHERE
        or      rbx, rax
        write_msr IA32_APIC_BASE, rbx
        read_msr rbx, IA32_APIC_BASE
        vmcall
