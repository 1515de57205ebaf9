; VMFUNC refuses what VM entry would refuse: a reserved memory type, a page-walk length of 3, a
; reserved bit, and an address beyond the physical width.
; SDM vol. 3, "EPTP Switching"; "Checks on VMX Controls".

%include "scenario.inc"
%include "guest.inc"

%define EPTP_SWITCHING  (1 << 0)
%define WB              6
%define LENGTH(n)       ((n) - 1 << 3)

scenario "VMFUNC exits for an EPTP with a wrong type, length, reserved bit or address"

        needs   vm_functions, eptp_switching
        page    CODE, at=0x1000, access=r-x
        page    LIST, at=0x2000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vm_functions
        vmcs    VM_FUNCTION_CONTROLS, value=EPTP_SWITCHING
        vmcs    EPTP_LIST_ADDRESS, page=LIST

        repeat  4
        expect  vmfunc, rip=switch, rax=0
        resume  at=refused
        end_repeat

        expect  vmcall, rcx=4
        finish

guest CODE

again:  xor     eax, eax
switch: vmfunc
        hlt
refused:
        inc     ecx
        cmp     ecx, 4
        jne     again
        vmcall

contents LIST
        dq      0x10000 | LENGTH(4) | 2
        dq      0x10000 | LENGTH(3) | WB
        dq      0x10000 | LENGTH(4) | WB | 1 << 11
        dq      0x10000 | LENGTH(4) | WB | 1 << 51
