; SDM vol. 3, "Checks Related to Address-Space Size".

%include "scenario.inc"

scenario "VM entry refuses a 64-bit host without CR4.PAE"

        rule    host_cr4_without_pae
        page    CODE, at=0x1000, access=r-x
        twist   vmcs HOST_CR4, clear=1 << 5

        expect  refused_host_state
        finish

guest CODE

never:  hlt
