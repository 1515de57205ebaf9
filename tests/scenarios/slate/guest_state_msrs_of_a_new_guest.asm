; SDM vol. 3, "Loading Guest Control Registers, Debug Registers, and MSRs"; "Loading Guest Segment
; Registers and Descriptor-Table Registers".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

scenario "a guest starts with 0 in the MSRs of the guest-state area, and in long mode"

        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        open_msrs

        expect  vmcall, r8=0, r9=0, r10=0, r11=0, r12=0, r13=EFER_LME|EFER_LMA|EFER_NXE
        finish

guest CODE

        read_msr r8, IA32_SYSENTER_CS
        read_msr r9, IA32_SYSENTER_ESP
        read_msr r10, IA32_SYSENTER_EIP
        read_msr r11, IA32_FS_BASE
        read_msr r12, IA32_GS_BASE
        read_msr r13, IA32_EFER
        vmcall
