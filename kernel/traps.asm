; traps.asm -- from the IDT to C and back, by 256 stubs of 8 bytes; the address tells the vector
; (SDM vol. 3, "64-Bit Mode Stack Frame", "Error Code")

%include "kernel/table_heading.inc"

%macro define_error_code 2
%define error_code_%1 %2
%endmacro
%define EXCEPTION(vector, name, error_code, mnemonic, text) define_error_code vector, error_code
%include "kernel/exceptions.def"
%undef EXCEPTION

STUB_SIZE       equ     8
STUB_CALL_END   equ     7               ; the offset in its stub that a CALL returns to

bits 64
section .text

%macro stub 1
        %ifndef error_code_%1
                push    byte 0
        %elif error_code_%1
                db      0x66, 0x90      ; a NOP instead: the processor has pushed one
        %else
                push    byte 0
        %endif
        call    near trap_common        ; pushes an address in the stub
        align   STUB_SIZE, db 0x90
%endmacro

global trap_stubs
align 16
trap_stubs:
%assign vector 0
%rep 256
        stub    vector
        %assign vector vector + 1
%endrep

;       Pushes the members of struct trap_frame (trap_frame.h), the last one first.
extern trap
trap_common:
        push    rax
        push    rcx
        push    rdx
        push    rbx
        push    rbp
        push    rsi
        push    rdi
        push    r8
        push    r9
        push    r10
        push    r11
        push    r12
        push    r13
        push    r14
        push    r15
        mov     rax, [rsp + 15 * 8]     ; the CALL's return address becomes the vector
        sub     rax, trap_stubs + STUB_CALL_END
        shr     rax, 3
        mov     [rsp + 15 * 8], rax
        cld
        mov     rdi, rsp
        call    trap
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     r11
        pop     r10
        pop     r9
        pop     r8
        pop     rdi
        pop     rsi
        pop     rbp
        pop     rbx
        pop     rdx
        pop     rcx
        pop     rax
        add     rsp, 2 * 8              ; vector and error code
        iretq
