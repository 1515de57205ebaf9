; apic_disabled.asm -- the local APIC is disabled by IA32_APIC_BASE, and CPUID says there is none
        write_msr IA32_APIC_BASE, LOCAL_APIC | APIC_BSP
