; SDM vol. 3, "CR3-Target Controls"; "Instructions That Cause VM Exits Conditionally" (MOV to CR3).

%include "scenario.inc"

%define TABLES  0xffe00000              ; the engine's guest paging structures

scenario "MOV to CR3 of a CR3-target value does not exit"

        rule    control_registers_saved
        rule_in_part mov_to_cr3_exits, cr3_target_values
        needs   cr3_targets
        page    CODE, at=0x1000, access=r-x
        twist   vmcs CR3_TARGET_COUNT, value=2
        untwisted vmcs CR3_TARGET_COUNT, value=1
        vmcs    CR3_TARGET_VALUE_0, value=0x7000
        vmcs    CR3_TARGET_VALUE_1, value=TABLES
        vmcs    CR3_TARGET_VALUE_2, value=0x8000

        expect  cr_access, control=3, rax=0x8000, rip=beyond_the_count
        otherwise cr_access, control=3, rax=TABLES, rip=target
        skip
        expect  vmcall, cr3=TABLES
        finish

guest CODE

        mov     eax, TABLES
target: mov     cr3, rax
        mov     eax, 0x8000
beyond_the_count:
        mov     cr3, rax
        vmcall
