; vm.asm -- from the host into the guest, and back
;
;       void vm_enter(struct vm *vm);
;
; For C the whole run of the guest is one function call.  After an exit vm_enter() ends with a jump
; to vm_exited(), after an entry that the processor refused with one to vm_refused().  Both are C
; functions.  They find the stack and the host's registers as vm_enter() found them, so they return
; to its caller.
;
; HOST_RSP is the address of the VM and is written only once, when its VMCS is made: under an L0
; each VMWRITE may be an exit.  So after an exit RSP points to where the guest's registers are
; saved, and nothing may be pushed until RSP is the host's again.

%include "vmx/registers.inc"

extern vm_exited, vm_refused

bits 64
section .text

global vm_enter
vm_enter:
        save_host
        push    rdi
        mov     [rdi + host_stack_at], rsp
        cmp     byte [rdi + entries_at], 2
        jb      .count
        load_guest rdi
        vmresume
        jmp     .refused
; Only a first entry is a VMLAUNCH.  It is counted before it is known to succeed, and vm.c takes it
; back if it fails.  The second one is counted as well, so that vm.c can tell the two apart.
.count: inc     byte [rdi + entries_at]
        cmp     byte [rdi + entries_at], 1      ; the MOVs before JNE keep its flags
        load_guest rdi
        jne     .again
        vmlaunch
        jmp     .refused
.again: vmresume
; The guest did not run, so its registers are as they were loaded; who tests that looks at them.
.refused:
        pushfq
        xchg    rdi, [rsp + 8]          ; the guest's RDI for the address of the VM
        save_guest rdi
        pop     rsi
        pop     qword [rdi + rdi_at]
        restore_host
        jmp     vm_refused

global vm_exit
vm_exit:
        save_guest rsp
        mov     rsp, [rsp + host_stack_at]
        pop     rdi
        restore_host
        jmp     vm_exited
