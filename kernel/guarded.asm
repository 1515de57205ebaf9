; guarded.asm -- instructions that may fault, as functions that return whether they did

%include "kernel/bits.inc"
%include "kernel/fixup.inc"
%include "kernel/selectors.inc"

USER            equ     3               ; requested privilege level

bits 64
default rel
section .text

;       unsigned try_rdmsr(u32 msr, u64 *value);
global try_rdmsr
try_rdmsr:
        mov     ecx, edi
        try     .done, rdmsr
        shl     rdx, 32
        or      rax, rdx
        mov     [rsi], rax
        xor     eax, eax
.done:  ret

;       unsigned try_wrmsr(u32 msr, u64 value);
global try_wrmsr
try_wrmsr:
        mov     ecx, edi
        mov     eax, esi
        mov     rdx, rsi
        shr     rdx, 32
        try     .done, wrmsr
        xor     eax, eax
.done:  ret

;       unsigned try_write_cr0(u64 value);
global try_write_cr0
try_write_cr0:
        try     .done, mov cr0, rdi
        xor     eax, eax
.done:  ret

;       unsigned try_write_cr4(u64 value);
global try_write_cr4
try_write_cr4:
        try     .done, mov cr4, rdi
        xor     eax, eax
.done:  ret

;       unsigned try_read(const void *address, u8 *value);
global try_read
try_read:
        try     .done, mov al, [rdi]
        mov     [rsi], al
        xor     eax, eax
.done:  ret

;       unsigned try_write(void *address, u8 value);
global try_write
try_write:
        try     .done, mov [rdi], sil
        xor     eax, eax
.done:  ret

; Foreign code may fault anywhere: while it runs, traps.c finds the stack to go back to in
; guarded_stack, and goes on at guarded_return.
%macro begin_foreign_code 0
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        push    qword [guarded_stack]
        mov     [guarded_stack], rsp
%endmacro

;       unsigned try_call(const void *code);
global try_call
try_call:
        begin_foreign_code
        call    rdi
        xor     eax, eax

global guarded_return
guarded_return:
        mov     rsp, [guarded_stack]
        pop     qword [guarded_stack]
        mov     ecx, KERNEL_DATA        ; DS and ES: IRET to CPL 3 has made them null
        mov     ds, ecx
        mov     es, ecx
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret

; What IRETQ takes: SS, RSP, RFLAGS, CS, RIP.
%macro enter_foreign_code 3             ; stack segment, stack, code segment
        push    %1
        push    %2
        push    RFLAGS_FIXED
        push    %3
        push    rdi
        mov     rdi, rsi
        iretq
%endmacro

;       unsigned run_at_user_privilege(const void *code, u64 operand);
extern task_state
RSP0            equ     4               ; in the 64-bit TSS
global run_at_user_privilege
run_at_user_privilege:
        begin_foreign_code
        mov     [task_state + RSP0], rsp        ; the stack that its fault will use
        enter_foreign_code USER_DATA | USER, 0, USER_CODE | USER

;       unsigned run_in_compatibility_mode(const void *code, u64 operand);
global run_in_compatibility_mode
run_in_compatibility_mode:
        begin_foreign_code
        mov     rax, rsp
        enter_foreign_code KERNEL_DATA, rax, KERNEL_CODE_32

section .user progbits alloc exec nowrite align=16
global user_end
user_end:
        ud2

section .bss align=8
global guarded_stack
guarded_stack:
        resq    1
