; SDM vol. 2, "RDTSCP".

%include "scenario.inc"

scenario "a guest starts with 0 in IA32_TSC_AUX"

        needs   rdtscp
        page    CODE, at=0x1000, access=r-x
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_rdtscp

        expect  vmcall, rcx=0
        finish

guest CODE

        mov     ecx, 0x1111
        rdtscp
        vmcall
