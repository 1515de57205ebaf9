; VM functions have the numbers 0 to 63.
; SDM vol. 3, "General Operation of the VMFUNC Instruction".

%include "scenario.inc"

%define EPTP_SWITCHING  (1 << 0)

scenario "VMFUNC of a function above 63 is an invalid opcode"

        needs   vm_functions, eptp_switching
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vm_functions
        vmcs    VM_FUNCTION_CONTROLS, value=EPTP_SWITCHING
        vmcs    EPTP_LIST_ADDRESS, page=LIST

        expect  exception_or_nmi, vector=6, rip=switch
        finish

guest CODE

        mov     eax, 64
        mov     ecx, 0
switch: vmfunc
        vmcall
