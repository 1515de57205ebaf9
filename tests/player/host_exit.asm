; host_exit.asm -- where exits arrive in place of vm_exit, so that RFLAGS is seen as one left it

bits 64
extern vm_exit

section .bss
global host_exit_rflags
host_exit_rflags:
        resq    1
kept_rsp:
        resq    1
stack:  resq    8
stack_end:

; RSP is where the guest's registers are saved (vmx/vm.asm), so that nothing may be pushed there.
; MOV leaves RFLAGS alone.
section .text
global host_exit
host_exit:
        mov     [kept_rsp], rsp
        mov     rsp, stack_end
        pushfq
        pop     qword [host_exit_rflags]
        mov     rsp, [kept_rsp]
        jmp     vm_exit
