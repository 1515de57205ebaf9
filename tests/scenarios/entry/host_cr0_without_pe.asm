; SDM vol. 3, "Checks on Host Control Registers, MSRs, and SSP".

%include "scenario.inc"

scenario "VM entry refuses a host CR0 without PE"

        rule_in_part host_cr0_bits_that_must_be_1
        page    CODE, at=0x1000, access=r-x
        twist   vmcs HOST_CR0, clear=1 << 0

        expect  refused_host_state
        finish

guest CODE

never:  hlt
