; SDM vol. 3, "VM-Execution Control Fields"; "VM-Exit Control Fields".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry takes fields that are not used, and controls that let the guest do more"

        page    CODE, at=0x1000, access=r-x
        vmcs    TSC_OFFSET, value=0x123456
        vmcs    IO_BITMAP_A, page=CODE
        vmcs    IO_BITMAP_B, page=CODE
        vmcs    EXIT_MSR_STORE_ADDRESS, value=0x5000
        vmcs    EXIT_MSR_LOAD_ADDRESS, page=CODE
        vmcs    ENTRY_MSR_LOAD_ADDRESS, page=CODE
        vmcs    ENTRY_EXCEPTION_ERROR_CODE, value=0x1234
        vmcs    ENTRY_INSTRUCTION_LENGTH, value=3
        vmcs    EXCEPTION_BITMAP, value=0
        vmcs    PAGE_FAULT_ERROR_MASK, value=1
        vmcs    PAGE_FAULT_ERROR_MATCH, value=1
        vmcs    CR0_GUEST_HOST_MASK, clear=CR0_TS
        vmcs    CR4_GUEST_HOST_MASK, clear=CR4_TSD
        vmcs    CR0_READ_SHADOW, set=CR0_TS
        vmcs    CR4_READ_SHADOW, set=CR4_TSD

        expect  vmcall
        finish

guest CODE

        vmcall
