; SDM vol. 3, "Loading Host Segment and Descriptor-Table Registers"; "Loading Host Control
; Registers, Debug Registers, MSRs".

%include "scenario.inc"

scenario "VM entry takes host bases and SYSENTER MSRs of which the host makes no use"

        page    CODE, at=0x1000, access=r-x
        vmcs    HOST_FS_BASE, value=0x1111
        vmcs    HOST_GS_BASE, value=0x2222
        vmcs    HOST_IA32_SYSENTER_CS, value=0x3333
        vmcs    HOST_IA32_SYSENTER_ESP, value=0x4444
        vmcs    HOST_IA32_SYSENTER_EIP, value=0x5555

        expect  vmcall
        finish

guest CODE

        vmcall
