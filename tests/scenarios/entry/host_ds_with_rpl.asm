; SDM vol. 3, "Checks on Host Segment and Descriptor-Table Registers".

%include "scenario.inc"

scenario "VM entry refuses a host DS with an RPL"

        rule    host_ds_rpl
        page    CODE, at=0x1000, access=r-x
        twist   vmcs HOST_DS_SELECTOR, set=3

        expect  refused_host_state
        finish

guest CODE

never:  hlt
