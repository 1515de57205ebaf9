; IA32_VMX_MISC tells how many values the processor has; there are never more than 256.
; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a CR3-target count of 257"

        rule_in_part cr3_target_count
        page    CODE, at=0x1000, access=r-x
        twist   vmcs CR3_TARGET_COUNT, value=257

        expect  refused_controls
        finish

guest CODE

never:  hlt
