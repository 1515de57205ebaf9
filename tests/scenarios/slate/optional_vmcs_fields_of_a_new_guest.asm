; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "a guest starts with 0 in optional fields that are not used, but for the PAT"

        needs   msr_bitmaps, tpr_shadow, vpid, load_pat, page_modification_log
        page    CODE, at=0x1000, access=r-x

        expect  vmcall, MSR_BITMAPS=0, VIRTUAL_APIC_ADDRESS=0, TPR_THRESHOLD=0, \
                VIRTUAL_PROCESSOR_IDENTIFIER=0, GUEST_IA32_PAT=0x0007040600070406, PML_ADDRESS=0, \
                PML_INDEX=0
        finish

guest CODE

        vmcall
