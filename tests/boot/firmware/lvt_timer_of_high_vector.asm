; lvt_timer_of_high_vector.asm -- the local APIC's timer interrupts all the time, with a vector of
; the highest priority
        write_apic SPURIOUS, SOFTWARE_ENABLE | 0xff
        write_apic DIVIDE, 11                   ; by 1
        write_apic LVT_TIMER, PERIODIC | 0xf5
        write_apic INITIAL_COUNT, 1000
