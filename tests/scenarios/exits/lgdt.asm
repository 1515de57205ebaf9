; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (descriptor-table exiting); "Basic
; VM-Exit Information".

%include "scenario.inc"

scenario "LGDT and SIDT exit, before they touch memory"

        rule_in_part descriptor_table_exits
        needs   descriptor_table
        page    CODE, at=0x1000, access=r-x
        twist   vmcs SECONDARY_CONTROLS, set=SECONDARY_descriptor_table_exiting
        untwisted vmcs SECONDARY_CONTROLS, clear=SECONDARY_descriptor_table_exiting

        expect  gdtr_idtr_access, rip=load, base=rbx, displacement=8, qualification=8
        otherwise ept_violation, gpa=0x5000|0x1f?, access=read, rip=load
        skip
        expect  gdtr_idtr_access, rip=store, qualification=0x7000
        skip

        expect  vmcall
        finish

guest CODE

        mov     ebx, 0x5000
load:   lgdt    [rbx + 8]
store:  sidt    [0x7000]
        vmcall
