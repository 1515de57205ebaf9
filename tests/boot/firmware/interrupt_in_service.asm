; interrupt_in_service.asm -- an interrupt of the highest priority was taken and never ended by an
; EOI, so that the local APIC delivers none any more
IN_SERVICE      equ     0xf7
        load_flat_segments
        mov     al, 0xff
        out     0x21, al                        ; none of the 8259s' interrupts
        out     0xa1, al
        mov     eax, .handler
        mov     [.gate], ax
        shr     eax, 16
        mov     [.gate + 6], ax
        lidt    [.pointer]
        write_apic SPURIOUS, SOFTWARE_ENABLE | 0xff
        write_apic COMMAND, TO_SELF | IN_SERVICE
        sti
        nop
        nop
        cli
        jmp     .done
.handler:
        iret
.gate:  dw      0, 8, 0x8e00, 0                 ; an interrupt gate
.pointer:
        dw      8 * IN_SERVICE + 7
        dd      .gate - 8 * IN_SERVICE
.done:
