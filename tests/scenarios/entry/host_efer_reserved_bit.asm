; SDM vol. 3, "Checks on Host Control Registers, MSRs, and SSP".

%include "scenario.inc"

scenario "VM entry refuses a host IA32_EFER with a reserved bit"

        rule_in_part host_efer_reserved_bits
        needs   load_host_efer
        page    CODE, at=0x1000, access=r-x
        vmcs    EXIT_CONTROLS, set=VM_EXIT_load_efer
        twist   vmcs HOST_IA32_EFER, set=1 << 1

        expect  refused_host_state
        finish

guest CODE

never:  hlt
