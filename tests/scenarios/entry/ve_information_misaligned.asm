; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a virtualization-exception information area that is not page-aligned"

        needs   ept_violation_ve
        page    CODE, at=0x1000, access=r-x
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_ept_violation_ve
        vmcs    VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, value=0x1800

        expect  refused_controls
        finish

guest CODE

never:  hlt
