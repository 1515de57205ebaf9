; host_stubs.asm -- code that sees what a VM exit has put into parts of segment registers that no
; instruction reads
;
; For run_in_compatibility_mode() and run_at_user_privilege(), so it ends at user_end.

bits 64
extern user_end

; MOV EAX, SEGMENT:[RDI], which in compatibility mode is SEGMENT:[EDI].
%macro read_by 2                        ; read_by SEGMENT, its prefix
section .user progbits alloc exec nowrite align=16
global read_by_%1
read_by_%1:
        db      %2, 0x8b, 0x07
        jmp     user_end
%endmacro

read_by ds, 0x3e
read_by es, 0x26
read_by fs, 0x64
read_by gs, 0x65

section .user progbits alloc exec nowrite align=16
global read_port
read_port:
        in      al, 0x80
        jmp     user_end
