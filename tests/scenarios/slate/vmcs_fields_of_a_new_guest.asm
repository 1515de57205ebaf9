; SDM vol. 3, "VM-Execution Control Fields"; "VM-Exit Control Fields".

%include "scenario.inc"
%include "guest.inc"

scenario "a guest starts with 0 in fields that are not used, and everything exits"

        page    CODE, at=0x1000, access=r-x

        expect  vmcall, TSC_OFFSET=0, IO_BITMAP_A=0, IO_BITMAP_B=0, EXIT_MSR_STORE_ADDRESS=0, \
                EXIT_MSR_LOAD_ADDRESS=0, ENTRY_MSR_LOAD_ADDRESS=0, ENTRY_EXCEPTION_ERROR_CODE=0, \
                ENTRY_INSTRUCTION_LENGTH=0, EXCEPTION_BITMAP=0xffffffff, PAGE_FAULT_ERROR_MASK=0, \
                PAGE_FAULT_ERROR_MATCH=0, \
                CR0_GUEST_HOST_MASK=-1, CR4_GUEST_HOST_MASK=-1, \
                CR0_READ_SHADOW=CR0_PE|CR0_ET|CR0_NE|CR0_PG, CR4_READ_SHADOW=CR4_PAE|CR4_VMXE, \
                GUEST_IA32_DEBUGCTL=0, GUEST_ACTIVITY_STATE=0, GUEST_PENDING_DEBUG_EXCEPTIONS=0
        finish

guest CODE

        vmcall
