; operand_stubs.asm -- each VMX instruction that has an operand in memory, with the operand
; addressed in each way that 64-bit mode has: outcome_t NAME_of_FORM(u64 address).  An array of them
; for each instruction is called forms_of_NAME.

%include "kernel/bits.inc"
%include "kernel/fixup.inc"
%include "vmx/outcome.inc"

bits 64

FS_BASE         equ     0x1000          ; as operands.c sets the bases of FS and GS
GS_BASE         equ     0x2000
HOST_RIP        equ     0x6c16          ; the field of VMREAD and VMWRITE, in RAX
ALL_CONTEXTS    equ     2               ; the type of INVEPT and INVVPID, in RAX

%macro do_vmxon 0
        vmxon   OPERAND
%endmacro
%macro do_vmclear 0
        vmclear OPERAND
%endmacro
%macro do_vmptrld 0
        vmptrld OPERAND
%endmacro
%macro do_vmptrst 0
        vmptrst OPERAND
%endmacro
%macro do_vmread 0
        vmread  OPERAND, rax
%endmacro
%macro do_vmwrite 0
        vmwrite rax, OPERAND
%endmacro
%macro do_invept 0
        invept  rax, OPERAND
%endmacro
%macro do_invvpid 0
        invvpid rax, OPERAND
%endmacro

; --- The forms: before the instruction RDI holds the address --------------------------------------

%macro before_base 0
        %define OPERAND [rdi]
%endmacro
%macro before_disp8 0
        sub     rdi, 0x7f
        %define OPERAND [rdi + 0x7f]
%endmacro
%macro before_disp32 0
        sub     rdi, 0x1234567
        %define OPERAND [rdi + 0x1234567]
%endmacro
%macro before_index 0
        shr     rdi, 2
        %define OPERAND [rdi * 4]
%endmacro
%macro before_base_and_index 0
        lea     rsi, [rdi - 10]
        mov     edi, 5
        %define OPERAND [rsi + rdi * 2]
%endmacro
%macro before_base_r12 0
        mov     r12, rdi
        %define OPERAND [r12]
%endmacro
%macro before_base_r13 0
        mov     r13, rdi
        %define OPERAND [r13]
%endmacro
%macro before_index_rbp 0
        lea     rsi, [rdi - 10]
        mov     ebp, 5
        %define OPERAND [rsi + rbp * 2]
%endmacro
%macro before_base_rbp 0
        mov     rbp, rdi
        %define OPERAND [rbp]
%endmacro
%macro before_rbp_and_index 0
        lea     rbp, [rdi - 10]
        mov     esi, 5
        %define OPERAND [rbp + rsi * 2]
%endmacro
%macro before_rsp_and_index 0
        sub     rdi, rsp
        %define OPERAND [rsp + rdi]
%endmacro
%macro before_fs 0
        sub     rdi, FS_BASE
        %define OPERAND [fs:rdi]
%endmacro
%macro before_gs 0
        sub     rdi, GS_BASE
        %define OPERAND [gs:rdi]
%endmacro

; --- Each instruction in each form ----------------------------------------------------------------

%macro form 1
_instruction %+ _of_%1:
        push    rbp
        push    r12
        push    r13
        before_%1
        mov     eax, _other
        try     end_of_form.fault, do_%[_instruction]
        jmp     end_of_form
%endmacro

section .text
end_of_form:
        outcome_of_flags
.fault: pop     r13
        pop     r12
        pop     rbp
        ret

%macro pointer_to_form 1
        dq      _instruction %+ _of_%1
%endmacro

%macro each_form 2                      ; each_form INSTRUCTION, RAX
%define _instruction %1
%define _other %2
section .text
%define OPERAND_FORM(name, fault, text) form name
%include "tests/suites/vmx/operand_forms.def"
section .rodata align=8
global forms_of_%1
forms_of_%1:
%define OPERAND_FORM(name, fault, text) pointer_to_form name
%include "tests/suites/vmx/operand_forms.def"
%endmacro

each_form vmxon, 0
each_form vmclear, 0
each_form vmptrld, 0
each_form vmptrst, 0
each_form vmread, HOST_RIP
each_form vmwrite, HOST_RIP
each_form invept, ALL_CONTEXTS
each_form invvpid, ALL_CONTEXTS

; --- Flags ----------------------------------------------------------------------------------------

; u64 flags_of_faulting_NAME(u64 address): the arithmetic flags behind a fault; all were 1 before.
ARITHMETIC_FLAGS equ    RFLAGS_CF | RFLAGS_PF | RFLAGS_AF | RFLAGS_ZF | RFLAGS_SF | RFLAGS_OF

%macro flags_of_faulting 2+
section .text
global flags_of_faulting_%1
flags_of_faulting_%1:
        mov     eax, HOST_RIP
        push    ARITHMETIC_FLAGS | RFLAGS_FIXED
        popfq
        try     %%done, %2
        xor     eax, eax                ; it did not fault
        ret
%%done: pushfq
        pop     rax
        and     eax, ARITHMETIC_FLAGS
        ret
%endmacro

flags_of_faulting vmread,  vmread  [rdi], rax
flags_of_faulting vmwrite, vmwrite rax, [rdi]

; --- Operands in registers ------------------------------------------------------------------------

; u64 vmread_to_register(u64 field): into RAX, all of whose bits are 1 before; 1 if it fails.
global vmread_to_register
vmread_to_register:
        or      rax, -1
        vmread  rax, rdi
        ret

; outcome_t vmxon_of_register(void): the encoding of VMXON with a register for the operand.
global vmxon_of_register
vmxon_of_register:
        mov     eax, edi
        try     .done, db 0xf3, 0x0f, 0xc7, 0xf0
        outcome_of_flags
.done:  ret
