; apic_moved.asm -- the registers of the local APIC are elsewhere than at 0xfee00000
        write_msr IA32_APIC_BASE, 0xfe400000 | APIC_BSP | APIC_ENABLE
