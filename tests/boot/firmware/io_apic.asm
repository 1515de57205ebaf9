; io_apic.asm -- all inputs of the I/O APIC are unmasked, and the PIT, which interrupts at one of
; them, runs at 1193 Hz
IO_APIC         equ     0xfec00000
WINDOW          equ     0x10
FIRST_INPUT     equ     0x10
INPUTS          equ     24
        write_apic SPURIOUS, SOFTWARE_ENABLE | 0xff
        xor     ecx, ecx
.input: lea     eax, [2 * ecx + FIRST_INPUT + 1]
        mov     [IO_APIC], eax
        mov     dword [IO_APIC + WINDOW], 0     ; to the local APIC 0
        dec     eax
        mov     [IO_APIC], eax
        mov     eax, ecx
        or      al, 0xf0                        ; the vectors 0xf0 to 0xff, then again from 0xf0 on
        movzx   eax, al
        mov     [IO_APIC + WINDOW], eax         ; fixed, edge, not masked
        inc     ecx
        cmp     ecx, INPUTS
        jb      .input
        mov     al, 0x34                        ; channel 0, both bytes, mode 2
        out     0x43, al
        mov     al, 1000 & 0xff
        out     0x40, al
        mov     al, 1000 >> 8
        out     0x40, al
