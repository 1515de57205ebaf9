; SDM vol. 3, "Checks on Host Segment and Descriptor-Table Registers".

%include "scenario.inc"

scenario "VM entry refuses a host ES in a local descriptor table"

        rule    host_es_ti
        page    CODE, at=0x1000, access=r-x
        twist   vmcs HOST_ES_SELECTOR, set=4

        expect  refused_host_state
        finish

guest CODE

never:  hlt
