; SDM vol. 3, "CR3-Target Controls".

%include "scenario.inc"

scenario "a guest starts without CR3-target values"

        needs   cr3_targets
        page    CODE, at=0x1000, access=r-x

        expect  vmcall, CR3_TARGET_COUNT=0, CR3_TARGET_VALUE_0=0, CR3_TARGET_VALUE_1=0, \
                CR3_TARGET_VALUE_2=0, CR3_TARGET_VALUE_3=0
        finish

guest CODE

        vmcall
