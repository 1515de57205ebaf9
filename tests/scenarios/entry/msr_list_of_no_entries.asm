; SDM vol. 3, "VM-Entry Control Fields": the address matters only if the count is not 0.

%include "scenario.inc"

scenario "VM entry does not look at the address of an MSR list without entries"

        rule    empty_entry_msr_list_is_not_checked
        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_MSR_LOAD_COUNT,   value=1
        vmcs    ENTRY_MSR_LOAD_ADDRESS, value=1
        twist   vmcs ENTRY_MSR_LOAD_COUNT, value=0

        expect  vmcall
        otherwise refused_controls
        finish

guest CODE

        vmcall
