; enter.asm -- from the host into the guest, and back
;
;       outcome_t vm_enter(struct registers *guest, bool launched);
;
; A VM exit arrives at vm_exit and goes back on the stack that vm_enter left, so that to C the whole
; run of the guest is one function call.  HOST_RSP is a place of its own, written once a VMCS: under
; an L0 a VMWRITE at each entry may be an exit at each entry.  Where the processor refuses the entry,
; the guest never ran.

%include "vmx/registers.inc"
%include "vmx/outcome.inc"

bits 64
section .text

global vm_enter
vm_enter:
        save_host
        mov     [host_stack], rsp
        mov     [guest_registers], rdi
        test    sil, sil                ; launched?  (MOV leaves the flags alone)
        load_guest rdi
        jnz     .again
        vmlaunch
        jmp     .refused
.again: vmresume
.refused:
        outcome_of_flags                ; of the guest's registers, none changed: all is as before
        restore_host
        ret

global vm_exit, vm_exit_stack
vm_exit:
        push    rdi
        mov     rdi, [guest_registers]
        save_guest rdi
        pop     qword [rdi + rdi_at]
        mov     rsp, [host_stack]
        mov     eax, SUCCEEDED
        restore_host
        ret

section .bss align=16

host_stack:      resq 1                 ; RSP of the vm_enter that is on its way
guest_registers: resq 1
                 resq 2                 ; RDI, while vm_exit needs it
vm_exit_stack:
