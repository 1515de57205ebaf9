; enter.asm -- from the host into the guest, and back
;
;       outcome_t vm_enter(struct registers *guest, bool launched);
;
; A VM exit arrives at vm_exit on the stack vm_enter left, so that to C the whole run of the guest
; is one function call.  Where the processor refuses the entry, the guest never ran.

%include "vmx/registers.inc"
%include "vmx/outcome.inc"

HOST_RSP        equ     0x6c14

bits 64
section .text

global vm_enter
vm_enter:
        save_host
        push    rdi                     ; vm_exit finds the guest's registers here
        mov     eax, HOST_RSP
        vmwrite rax, rsp
        test    sil, sil                ; launched?  (MOV leaves the flags alone)
        load_guest rdi
        jnz     .again
        vmlaunch
        jmp     .refused
.again: vmresume
.refused:
        outcome_of_flags                ; of the guest's registers, none changed: all is as before
        pop     rdi
        restore_host
        ret

global vm_exit
vm_exit:
        save_guest
        xor     eax, eax                ; SUCCEEDED
        pop     rdi
        restore_host
        ret
