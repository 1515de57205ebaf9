; other_processors.asm -- the other processors run, and write all the while into memory that is free:
; from 0x104000 to 0x10ffff
OTHERS          equ     3 << 18 | 1 << 14       ; shorthand "all excluding self", assert
INIT            equ     5 << 8
START_UP        equ     6 << 8
PAGE            equ     9                       ; where they start, below 1 MiB
CODE            equ     PAGE << 12
TOP_SEGMENT     equ     0xffff                  ; 0xffff0 to 0x10ffef
FIRST           equ     0x4010

        mov     esi, other_processor
        mov     edi, CODE
        mov     ecx, other_processor_end - other_processor
        cld
        rep movsb
        write_apic COMMAND, OTHERS | INIT
start_others:                                   ; the message is lost until they are through INIT
        mov     ecx, 1000
wait_for_others:
        pause
        loop    wait_for_others
        write_apic COMMAND, OTHERS | START_UP | PAGE
        cmp     byte [CODE + runs - other_processor], 0
        je      start_others
        jmp     other_processor_end

        bits    16
other_processor:
        cli
        cld
        mov     byte [cs:runs - other_processor], 1
        mov     ax, TOP_SEGMENT
        mov     es, ax
.again: mov     di, FIRST
        mov     cx, (0x10000 - FIRST) / 2
        rep stosw
        jmp     .again
runs:   db      0
        bits    32
other_processor_end:
