; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"

scenario "VM entry refuses a guest DR7 with a bit in its upper half"

        rule_in_part dr7_bits_63_32
        needs   load_debug_controls
        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_CONTROLS, set=VM_ENTRY_load_debug_controls
        twist   vmcs GUEST_DR7, set=1 << 32

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
