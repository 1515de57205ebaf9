; SDM vol. 3, "Checks on Host Control Registers, MSRs, and SSP"; "Loading Host Control Registers,
; Debug Registers, MSRs".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry takes a HOST_IA32_EFER with which SYSCALL can be used"

        needs   load_host_efer
        page    CODE, at=0x1000, access=r-x
        vmcs    EXIT_CONTROLS, set=VM_EXIT_load_efer
        vmcs    HOST_IA32_EFER, set=EFER_SCE

        expect  vmcall, HOST_IA32_EFER=EFER_SCE|~EFER_SCE?
        finish

guest CODE

        vmcall
