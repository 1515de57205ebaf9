; lvt_timer.asm -- the local APIC's timer interrupts all the time, with a vector that the kernel's
; timer does not have
        write_apic SPURIOUS, SOFTWARE_ENABLE | 0xff
        write_apic DIVIDE, 11                   ; by 1
        write_apic LVT_TIMER, PERIODIC | 0x31
        write_apic INITIAL_COUNT, 1000
