; stubs.asm -- code for the tests of the machine that cannot be written in C

bits 64
section .text

;       For try_call().
global interrupt_18
interrupt_18:
        int     18
        ret
