; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses an EPT pointer with a reserved bit"

        rule_in_part eptp_reserved_bits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs EPT_POINTER, set=1 << 11

        expect  refused_controls
        finish

guest CODE

never:  hlt
