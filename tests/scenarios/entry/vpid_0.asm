; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses VPID 0 where VPIDs are enabled"

        rule    vpid_0
        needs   vpid
        page    CODE, at=0x1000, access=r-x
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vpid
        vmcs    VIRTUAL_PROCESSOR_IDENTIFIER, value=1
        twist   vmcs VIRTUAL_PROCESSOR_IDENTIFIER, value=0

        expect  refused_controls
        finish

guest CODE

never:  hlt
