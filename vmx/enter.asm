; enter.asm -- from the host into the guest, and back
;
;       void vm_enter(struct vm *vm);
;
; To C the whole run of the guest is one function call.  It comes back by way of a function in C that
; knows what to make of it: of an exit vm_exited(), of an entry that the processor refused
; vm_refused(), which are jumped to when all is as vm_enter was called.
;
; HOST_RSP is the VM itself, written once a VMCS: under an L0 a VMWRITE at each entry may be an exit
; at each entry.  So RSP leads to where the guest's registers go, and nothing is pushed there.

%include "vmx/registers.inc"
%include "vmx/outcome.inc"

extern vm_exited, vm_refused

bits 64
section .text

global vm_enter
vm_enter:
        save_host
        push    rdi
        mov     [rdi + host_stack_at], rsp
        cmp     byte [rdi + launched_at], 0     ; MOV leaves the flags alone
        load_guest rdi
        jne     .again
        vmlaunch
        jmp     .refused
.again: vmresume
.refused:
        outcome_of_flags                ; of the guest's registers, none changed: all is as before
        mov     esi, eax
        pop     rdi
        restore_host
        jmp     vm_refused

global vm_exit
vm_exit:
        save_guest rsp
        mov     rsp, [rsp + host_stack_at]
        pop     rdi
        restore_host
        jmp     vm_exited
