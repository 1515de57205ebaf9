; SDM vol. 3, "VM-Execution Control Fields"; no control that is 1 makes the processor use these.

%include "scenario.inc"

scenario "VM entry takes any value in optional fields that are not used"

        needs   msr_bitmaps, tpr_shadow, vpid, load_pat, page_modification_log
        page    CODE, at=0x1000, access=r-x
        vmcs    MSR_BITMAPS, page=CODE
        vmcs    VIRTUAL_APIC_ADDRESS, page=CODE
        vmcs    TPR_THRESHOLD, value=5
        vmcs    VIRTUAL_PROCESSOR_IDENTIFIER, value=7
        vmcs    GUEST_IA32_PAT, value=0x0606060606060606
        vmcs    PML_ADDRESS, page=CODE
        vmcs    PML_INDEX, value=511

        expect  vmcall
        finish

guest CODE

        vmcall
