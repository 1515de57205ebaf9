; Each VM function has its bit in the VM-function controls.
; SDM vol. 3, "General Operation of the VMFUNC Instruction".

%include "scenario.inc"

%define EPTP_SWITCHING  (1 << 0)

scenario "VMFUNC of a function that its control does not allow exits"

        needs   vm_functions, eptp_switching
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vm_functions
        vmcs    VM_FUNCTION_CONTROLS, value=EPTP_SWITCHING
        vmcs    EPTP_LIST_ADDRESS, page=LIST

        expect  vmfunc, rip=switch
        finish

guest CODE

        mov     eax, 63
        mov     ecx, 0
switch: vmfunc
        vmcall
