; Bits 5:3 of the EPT pointer hold the page-walk length minus 1.
; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses an EPT pointer with a page-walk length of 3"

        rule_in_part eptp_walk_length
        page    CODE, at=0x1000, access=r-x
        twist   vmcs EPT_POINTER, clear=7 << 3
        twist   vmcs EPT_POINTER, set=2 << 3

        expect  refused_controls
        finish

guest CODE

never:  hlt
