; SDM vol. 3, "Checks on Host Control Registers, MSRs, and SSP".

%include "scenario.inc"

scenario "VM entry refuses a host CR4 without VMXE"

        rule_in_part host_cr4_bits_that_must_be_1
        page    CODE, at=0x1000, access=r-x
        twist   vmcs HOST_CR4, clear=1 << 13

        expect  refused_host_state
        finish

guest CODE

never:  hlt
