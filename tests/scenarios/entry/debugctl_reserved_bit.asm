; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"

scenario "VM entry refuses a guest IA32_DEBUGCTL with a reserved bit"

        rule_in_part debugctl_reserved_bits
        needs   load_debug_controls
        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_CONTROLS, set=VM_ENTRY_load_debug_controls
        twist   vmcs GUEST_IA32_DEBUGCTL, value=1 << 63

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
