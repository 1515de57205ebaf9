; SDM vol. 3, "VMFUNC--Invoke VM function"; "General Operation of the VMFUNC Instruction".

%include "scenario.inc"
%include "guest.inc"

scenario "VMFUNC asks for no privilege: from user mode it exits like from level 0"

        needs   vm_functions
        page    CODE, at=0x1000, access=r-x
        user_mode
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vm_functions
        vmcs    VM_FUNCTION_CONTROLS, value=0

        expect  vmfunc, rip=switch
        finish

guest CODE

        xor     eax, eax
        xor     ecx, ecx
switch: vmfunc
        vmcall
