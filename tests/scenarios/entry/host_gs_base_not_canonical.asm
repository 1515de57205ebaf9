; SDM vol. 3, "Checks on Host Segment and Descriptor-Table Registers".

%include "scenario.inc"

scenario "VM entry refuses a host GS base that is not canonical"

        rule_in_part host_gs_base_not_canonical
        page    CODE, at=0x1000, access=r-x
        twist   vmcs HOST_GS_BASE, value=1 << 63

        expect  refused_host_state
        finish

guest CODE

never:  hlt
