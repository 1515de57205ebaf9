; The exit comes before the operand is read; the qualification is the displacement of its address.
; SDM vol. 3, "Instructions That Cause VM Exits Unconditionally"; "Basic VM-Exit Information" (exit
; qualification: instructions with a memory operand).

%include "scenario.inc"

scenario "VMCLEAR in a guest always exits, before it touches its operand"

        rule    vmclear_exits
        rule_in_part displacement_qualification
        page    CODE, at=0x1000, access=r-x

        expect  vmclear, rip=try, qualification=0x18, rbx=0x5000
        otherwise vmcall
        skip

        expect  vmcall
        finish

guest CODE

        mov     ebx, 0x5000 ; there is no such page
try:    twist vmclear [rbx + 0x18]
        vmcall
