; An instruction with a register operand has no displacement, so the processor stores 0 for it.
; SDM vol. 3, "Basic VM-Exit Information" (exit qualification: instructions with a memory operand).

%include "scenario.inc"

scenario "an instruction with a register operand exits with a qualification of 0"

        rule_in_part task_register_exits, displacement_qualification
        needs   descriptor_table
        page    CODE, at=0x1000, access=r-x

        expect  vmread, rip=start, qualification=0
        otherwise vmread, rip=start, qualification=0x20
        skip
        expect  vmwrite, qualification=0
        skip
        expect  ldtr_tr_access, qualification=0
        skip
        expect  ldtr_tr_access, qualification=0
        finish

guest CODE

start:  twist vmread rax, rcx
        untwisted vmread [rbx + 0x20], rcx
        vmwrite rcx, rax
        sldt    eax
        ltr     ax
