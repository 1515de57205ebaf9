; SDM vol. 3, "CR3-Target Controls"; with a CR3-target count of 0 the values are not used.

%include "scenario.inc"

scenario "VM entry takes any CR3-target values if their count is 0"

        needs   cr3_targets
        page    CODE, at=0x1000, access=r-x
        vmcs    CR3_TARGET_VALUE_0, value=0x1111
        vmcs    CR3_TARGET_VALUE_1, value=0x2222
        vmcs    CR3_TARGET_VALUE_2, value=0x3333
        vmcs    CR3_TARGET_VALUE_3, value=0x4444

        expect  vmcall
        finish

guest CODE

        vmcall
