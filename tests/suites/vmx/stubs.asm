; stubs.asm -- VMX instructions where C cannot put them: without the kernel's privilege, in
; compatibility mode, right behind MOV SS, and with all flags set

%include "kernel/bits.inc"
%include "kernel/fixup.inc"
%include "kernel/selectors.inc"
%include "vmx/outcome.inc"

bits 64
extern user_end

; Instructions whose bytes mean the same in 64-bit and in compatibility mode.  They are for
; run_at_user_privilege() and run_in_compatibility_mode(), so they end at user_end.
%macro plain 2+                         ; plain NAME, the instruction itself
section .user progbits alloc exec nowrite align=16
global plain_%1
plain_%1:
        %2
        jmp     user_end
%endmacro

; MOV SS blocks events until the instruction after the next.
%macro behind_mov_ss 2+                 ; outcome_t behind_mov_ss_NAME(u64 operand);
section .text
global behind_mov_ss_%1
behind_mov_ss_%1:
        mov     eax, KERNEL_DATA
        mov     ss, eax
        try     .done, %2
        outcome_of_flags
.done:  ret
%endmacro

%macro stubs 2+
        plain   %1, %2
        behind_mov_ss %1, %2
%endmacro

stubs   vmxon,    vmxon    [rdi]
stubs   vmxoff,   vmxoff
stubs   vmclear,  vmclear  [rdi]
stubs   vmptrld,  vmptrld  [rdi]
stubs   vmptrst,  vmptrst  [rdi]
stubs   vmread,   vmread   rax, rdi
stubs   vmwrite,  vmwrite  rdi, rax
stubs   vmlaunch, vmlaunch
stubs   vmresume, vmresume
stubs   invept,   invept   rax, [rdi]
stubs   invvpid,  invvpid  rax, [rdi]
stubs   vmcall,   vmcall
stubs   vmfunc,   vmfunc

ARITHMETIC_FLAGS equ    RFLAGS_CF | RFLAGS_PF | RFLAGS_AF | RFLAGS_ZF | RFLAGS_SF | RFLAGS_OF

section .text
;       u64 flags_of_vmptrld(const hpa_t *region);      these flags; all were 1 before
global flags_of_vmptrld
flags_of_vmptrld:
        push    ARITHMETIC_FLAGS | RFLAGS_FIXED
        popfq
        vmptrld [rdi]
        pushfq
        pop     rax
        and     eax, ARITHMETIC_FLAGS
        ret
