; SDM vol. 3, "Host-State Area".

%include "scenario.inc"
%include "guest.inc"

; What IA32_VMX_CR0_FIXED0 and IA32_VMX_CR4_FIXED0 of some processor demand besides is left open.
%define CR0_OPEN        CR0_MP
%define CR4_OPEN        CR4_MCE

scenario "a guest starts with the engine's host state"

        page    CODE, at=0x1000, access=r-x

        expect  vmcall, HOST_CR0=CR0_PE|CR0_ET|CR0_NE|CR0_WP|CR0_PG|CR0_OPEN?, \
                HOST_CR4=CR4_PAE|CR4_VMXE|CR4_OPEN?, HOST_FS_BASE=0, HOST_GS_BASE=0, \
                HOST_IA32_SYSENTER_CS=0, HOST_IA32_SYSENTER_ESP=0, HOST_IA32_SYSENTER_EIP=0
        finish

guest CODE

        vmcall
