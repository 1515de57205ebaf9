; x2apic.asm -- the local APIC is in x2APIC mode, where its registers are MSRs only
        write_msr IA32_APIC_BASE, LOCAL_APIC | APIC_BSP | APIC_ENABLE | APIC_X2APIC
