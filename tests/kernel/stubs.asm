; stubs.asm -- code that the tests of the kernel need, and that cannot be written in C

BEYOND_THE_GDT  equ     0xfff8          ; a selector

bits 64
section .text

; For try_call().
%macro interrupt_stub 1                 ; interrupt_stub VECTOR
global interrupt_%1
interrupt_%1:
        int     %1
        ret
%endmacro

interrupt_stub 2
interrupt_stub 3
interrupt_stub 32
interrupt_stub 127
interrupt_stub 128
interrupt_stub 255

global load_selector_beyond_the_gdt
load_selector_beyond_the_gdt:
        mov     eax, BEYOND_THE_GDT
        mov     ds, eax
        ret

; For run_at_user_privilege() and run_in_compatibility_mode().
section .user progbits alloc exec nowrite align=16
extern user_end

global user_nothing
user_nothing:
        jmp     user_end

global user_halt
user_halt:
        hlt
        jmp     user_end

global user_read
user_read:
        mov     al, [rdi]               ; [edi] in compatibility mode
        jmp     user_end

; Opcodes that do not exist in 64-bit mode.
global user_push_and_pop_es
user_push_and_pop_es:
        db      0x06                    ; PUSH ES
        db      0x07                    ; POP ES
        jmp     user_end
