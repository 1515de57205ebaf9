; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"

scenario "VM entry refuses a guest IA32_EFER with a reserved bit"

        rule_in_part efer_reserved_bits
        needs   load_efer
        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_CONTROLS, set=VM_ENTRY_load_efer
        twist   vmcs GUEST_IA32_EFER, set=1 << 1

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
