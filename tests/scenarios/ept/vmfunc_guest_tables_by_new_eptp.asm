; vmfunc_guest_tables_by_new_eptp.asm -- a walk of the guest's tables goes through the EPT in use
; (SDM vol. 3, "EPTP Switching", "EPT Translation Mechanism")

%include "scenario.inc"

%define EPTP_SWITCHING  (1 << 0)
%define GUEST_PML4      0xffe00000              ; where the engine keeps it

scenario "after VMFUNC 0 the guest's paging structures are read through the new EPTP"

        needs   vm_functions, eptp_switching
        views   2
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=r--
        page    LIST, at=0x3000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vm_functions
        vmcs    VM_FUNCTION_CONTROLS, value=EPTP_SWITCHING
        vmcs    EPTP_LIST_ADDRESS, page=LIST
        eptp    LIST, view=1
        entry   GUEST_PML4, level=pt, access=---, view=1

        expect  ept_violation, gpa=GUEST_PML4, access=read, allowed=---, walk=1, view=1
        entry   GUEST_PML4, level=pt, access=r--, view=1
        resume

        expect  vmcall, view=1
        finish

guest CODE

        mov     eax, 0
        mov     ecx, 0
        vmfunc
        mov     eax, [DATA]                     ; if the fetch needed no walk, this read does
        vmcall
