; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a virtualization-exception information area that is not page-aligned"

        rule_in_part ve_information_misaligned
        needs   ept_violation_ve
        page    CODE, at=0x1000, access=r-x
        page    INFORMATION, at=0x2000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_ept_violation_ve
        vmcs    VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, page=INFORMATION
        twist   vmcs VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, set=0x800

        expect  refused_controls
        finish

guest CODE

never:  hlt
