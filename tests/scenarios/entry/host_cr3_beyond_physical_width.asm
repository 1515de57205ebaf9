; SDM vol. 3, "Checks on Host Control Registers, MSRs, and SSP".

%include "scenario.inc"

scenario "VM entry refuses a host CR3 beyond the physical width"

        rule_in_part host_cr3_reserved_bits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs HOST_CR3, set=1 << 52

        expect  refused_host_state
        finish

guest CODE

never:  hlt
