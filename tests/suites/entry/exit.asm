; exit.asm -- where the exits of a base arrive, so that RFLAGS is seen as the exit left it

bits 64
extern vm_exit

section .bss
global entry_exit_rflags
entry_exit_rflags:
        resq    1
kept_rsp:
        resq    1
stack:  resq    8
stack_end:

; RSP is where the guest's registers are saved (vmx/vm.asm), so that nothing may be pushed there.
; MOV leaves RFLAGS alone.
section .text
global entry_exit
entry_exit:
        mov     [kept_rsp], rsp
        mov     rsp, stack_end
        pushfq
        pop     qword [entry_exit_rflags]
        mov     rsp, [kept_rsp]
        jmp     vm_exit
