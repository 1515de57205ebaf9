; stubs.asm -- code for the tests of the extension that cannot be written in C

%include "kernel/fixup.inc"

bits 64
section .text

;       unsigned try_undefined(void);
global try_undefined
try_undefined:
        try     .done, ud2
        xor     eax, eax
.done:  ret
