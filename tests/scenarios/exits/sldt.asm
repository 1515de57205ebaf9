; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (descriptor-table exiting).

%include "scenario.inc"

scenario "SLDT and LTR exit"

        needs   descriptor_table
        page    CODE, at=0x1000, access=r-x

        expect  ldtr_tr_access, rip=store
        set     rax, 0
        skip
        expect  ldtr_tr_access, rip=load, rcx=0x18
        skip

        expect  vmcall, rax=0
        finish

guest CODE

store:  sldt    eax
        mov     ecx, 0x18
load:   ltr     cx
        vmcall
