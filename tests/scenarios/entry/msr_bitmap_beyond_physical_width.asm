; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses an MSR bitmap beyond the physical width"

        rule_in_part msr_bitmaps_beyond_width
        needs   msr_bitmaps
        page    CODE, at=0x1000, access=r-x
        page    BITMAPS, at=0x2000, access=---
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_use_msr_bitmaps
        vmcs    MSR_BITMAPS, page=BITMAPS
        twist   vmcs MSR_BITMAPS, set=1 << 52

        expect  refused_controls
        finish

guest CODE

never:  hlt
