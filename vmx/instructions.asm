; instructions.asm -- each VMX instruction as a function that returns its outcome
; (SDM vol. 3, "VMX Instruction Reference", section "Conventions")

%include "kernel/fixup.inc"
%include "vmx/outcome.inc"

bits 64
section .text

%macro instruction 2+                   ; instruction NAME, the instruction itself
global %1
%1:     try     .done, %2
        outcome_of_flags
.done:  ret
%endmacro

instruction vmxon,    vmxon    [rdi]
instruction vmxoff,   vmxoff
instruction vmclear,  vmclear  [rdi]
instruction vmptrld,  vmptrld  [rdi]
instruction vmptrst,  vmptrst  [rdi]
instruction vmread,   vmread   [rsi], rdi
instruction vmwrite,  vmwrite  rdi, rsi
instruction vmlaunch, vmlaunch
instruction vmresume, vmresume
instruction invept,   invept   rdi, [rsi]
instruction invvpid,  invvpid  rdi, [rsi]

; An L0 that takes VMCALL for a request to itself leaves the flags as they are: success.
global vmcall_of_host
vmcall_of_host:
        or      rax, -1
        try     .done, vmcall
        outcome_of_flags
.done:  ret

global vmfunc_of_host
vmfunc_of_host:
        xor     eax, eax
        xor     ecx, ecx
        try     .done, vmfunc
        outcome_of_flags
.done:  ret
