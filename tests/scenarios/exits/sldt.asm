; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (descriptor-table exiting).

%include "scenario.inc"

scenario "SLDT and LTR exit"

        rule_in_part task_register_exits
        needs   descriptor_table
        page    CODE, at=0x1000, access=r-x
        twist   vmcs SECONDARY_CONTROLS, set=SECONDARY_descriptor_table_exiting
        untwisted vmcs SECONDARY_CONTROLS, clear=SECONDARY_descriptor_table_exiting

        expect  ldtr_tr_access, rip=store
        otherwise exception_or_nmi, vector=13, error=0x18, rip=load, rax=0
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
