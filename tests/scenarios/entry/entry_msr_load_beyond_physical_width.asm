; SDM vol. 3, "VM-Entry Control Fields".

%include "scenario.inc"

scenario "VM entry refuses a list of the MSRs to load on VM entry beyond the physical width"

        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_MSR_LOAD_COUNT,   value=1
        vmcs    ENTRY_MSR_LOAD_ADDRESS, value=1 << 52

        expect  refused_controls
        finish

guest CODE

never:  hlt
