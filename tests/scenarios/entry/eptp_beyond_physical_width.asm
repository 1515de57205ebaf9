; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses an EPT pointer beyond the physical width"

        rule_in_part eptp_beyond_width
        page    CODE, at=0x1000, access=r-x
        twist   vmcs EPT_POINTER, set=1 << 52

        expect  refused_controls
        finish

guest CODE

never:  hlt
