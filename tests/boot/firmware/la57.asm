; la57.asm -- the firmware used 5-level paging, and CR4.LA57 is still 1
        set_cr4 CR4_PAE | CR4_LA57
