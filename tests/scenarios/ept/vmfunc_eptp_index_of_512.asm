; The list has the entries 0 to 511.  VMFUNC with a higher index exits.
; SDM vol. 3, "EPTP Switching".

%include "scenario.inc"

%define EPTP_SWITCHING  (1 << 0)

scenario "VMFUNC that asks for an EPTP behind the list's end exits"

        needs   vm_functions, eptp_switching
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vm_functions
        vmcs    VM_FUNCTION_CONTROLS, value=EPTP_SWITCHING
        vmcs    EPTP_LIST_ADDRESS, page=LIST

        expect  vmfunc, rip=switch
        finish

guest CODE

        mov     eax, 0
        mov     ecx, 512
switch: vmfunc
        vmcall
