; SDM vol. 3, "Checks on Host Segment and Descriptor-Table Registers".

%include "scenario.inc"

scenario "VM entry refuses a host SS with an RPL other than 0"

        rule_in_part host_ss_rpl
        page    CODE, at=0x1000, access=r-x
        twist   vmcs HOST_SS_SELECTOR, set=1

        expect  refused_host_state
        finish

guest CODE

never:  hlt
