; SDM vol. 3, "Checks on Host Segment and Descriptor-Table Registers".

%include "scenario.inc"

scenario "VM entry refuses a null host TR"

        rule    host_tr_null
        page    CODE, at=0x1000, access=r-x
        twist   vmcs HOST_TR_SELECTOR, value=0

        expect  refused_host_state
        finish

guest CODE

never:  hlt
