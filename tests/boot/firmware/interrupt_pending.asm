; interrupt_pending.asm -- an interrupt was requested that nobody took
        write_apic SPURIOUS, SOFTWARE_ENABLE | 0xff
        write_apic COMMAND, TO_SELF | 0xf6
