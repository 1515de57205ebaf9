; MSRs for which the guest-state area has fields: the VM exit saves what the guest wrote.
; SDM vol. 3, "Saving Control Registers, Debug Registers, and MSRs"; "Saving Segment Registers and
; Descriptor-Table Registers".

%include "scenario.inc"
%include "guest.inc"
%include "kernel/msr.inc"

scenario "what a guest writes to MSRs of the guest-state area stands there after the exit"

        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        open_msrs

        expect  vmcall, GUEST_IA32_SYSENTER_CS=0x1111, GUEST_IA32_SYSENTER_ESP=0x2222, \
                GUEST_IA32_SYSENTER_EIP=0x3333, GUEST_FS_BASE=0x4444, GUEST_GS_BASE=0x5555
        finish

guest CODE

        write_msr IA32_SYSENTER_CS, 0x1111
        write_msr IA32_SYSENTER_ESP, 0x2222
        write_msr IA32_SYSENTER_EIP, 0x3333
        write_msr IA32_FS_BASE, 0x4444
        write_msr IA32_GS_BASE, 0x5555
        vmcall
