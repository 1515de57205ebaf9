; SDM vol. 3, "VM Entries": controls and host state first, then the guest state.

%include "scenario.inc"

scenario "VM entry looks at the controls before it looks at the guest state"

        rule    controls_before_guest_state
        rule_in_part cr3_target_count, rflags_without_bit_1
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_RFLAGS, value=0
        twist   vmcs CR3_TARGET_COUNT, value=257

        expect  refused_controls
        otherwise invalid_guest_state, qualification=0
        vmcs    CR3_TARGET_COUNT, value=0
        resume
        expect  invalid_guest_state
        finish

guest CODE

never:  hlt
