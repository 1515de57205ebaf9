; No field of the VMCS belongs to these MSRs, so that a VM exit leaves them as the guest wrote them.
; SDM vol. 3, "Fast System Calls in 64-Bit Mode"; "Swapping GS Base".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

scenario "a guest for which WRMSR does not exit changes the MSRs of system calls"

        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        open_msrs

        expect  vmcall, r8=0x1111, r9=0x2222, r10=0x3333, r11=0x4444, r12=0x5555
        finish

guest CODE

        write_msr IA32_STAR, 0x1111
        write_msr IA32_LSTAR, 0x2222
        write_msr IA32_CSTAR, 0x3333
        write_msr IA32_FMASK, 0x4444
        write_msr IA32_KERNEL_GS_BASE, 0x5555
        read_msr r8, IA32_STAR
        read_msr r9, IA32_LSTAR
        read_msr r10, IA32_CSTAR
        read_msr r11, IA32_FMASK
        read_msr r12, IA32_KERNEL_GS_BASE
        vmcall
