; SDM vol. 3, "Fast System Calls in 64-Bit Mode"; "Swapping GS Base".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

scenario "a guest starts with 0 in the MSRs of system calls"

        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        open_msrs

        expect  vmcall, r8=0, r9=0, r10=0, r11=0, r12=0
        finish

guest CODE

        read_msr r8, IA32_STAR
        read_msr r9, IA32_LSTAR
        read_msr r10, IA32_CSTAR
        read_msr r11, IA32_FMASK
        read_msr r12, IA32_KERNEL_GS_BASE
        vmcall
