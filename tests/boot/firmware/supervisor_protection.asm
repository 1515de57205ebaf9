; supervisor_protection.asm -- CR4 has the bits with which an operating system protects itself
        set_cr4 CR4_TSD | CR4_DE | CR4_MCE | CR4_PGE | CR4_PCE | CR4_UMIP | CR4_FSGSBASE | CR4_OSXSAVE
        set_cr4 CR4_SMEP | CR4_SMAP | CR4_PKE
