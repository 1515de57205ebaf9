; vmfunc_switches_eptp.asm -- a guest changes its own EPT, without a VM exit
; (SDM vol. 3, "EPTP Switching")

%include "scenario.inc"

%define EPTP_SWITCHING  (1 << 0)

scenario "VMFUNC 0 switches to the EPTP at its index in the list, and EPT_POINTER tells so"

        needs   vm_functions, eptp_switching
        views   3
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rw-
        page    LIST, at=0x3000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vm_functions
        vmcs    VM_FUNCTION_CONTROLS, value=EPTP_SWITCHING
        vmcs    EPTP_LIST_ADDRESS, page=LIST
        eptp    LIST,           view=0
        eptp    LIST + 8 * 5,   view=1
        eptp    LIST + 8 * 511, view=2
        entry   DATA, level=pt, access=r--, view=1
        entry   DATA, level=pt, access=---, view=2

        expect  ept_violation, gpa=DATA, access=write, allowed=r--, view=1, rip=store_1
        resume  at=go_on

        expect  ept_violation, gpa=DATA, access=read, allowed=---, view=2, rip=load_2
        resume  at=return

        expect  vmcall, rax=2, view=0
        holds   DATA, dword=2
        finish

guest CODE

%macro switch_to 1
        mov     eax, 0
        mov     ecx, %1
        vmfunc
%endmacro

        mov     dword [DATA], 1
        switch_to 5
        mov     edx, [DATA]
store_1:
        mov     dword [DATA], 3
go_on:  switch_to 511
load_2: mov     edx, [DATA]
return: switch_to 0
        inc     dword [DATA]
        mov     eax, [DATA]
        vmcall
