; SDM vol. 3, "Checks Related to Address-Space Size".

%include "scenario.inc"

scenario "VM entry refuses a host RIP that is not canonical"

        rule    host_rip_not_canonical
        page    CODE, at=0x1000, access=r-x
        twist   vmcs HOST_RIP, value=1 << 63

        expect  refused_host_state
        finish

guest CODE

never:  hlt
