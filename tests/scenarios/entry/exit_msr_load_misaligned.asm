; SDM vol. 3, "VM-Exit Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a list of the MSRs to load on VM exit that is not 16-byte-aligned"

        page    CODE, at=0x1000, access=r-x
        vmcs    EXIT_MSR_LOAD_COUNT,   value=1
        vmcs    EXIT_MSR_LOAD_ADDRESS, value=0x1008

        expect  refused_controls
        finish

guest CODE

never:  hlt
