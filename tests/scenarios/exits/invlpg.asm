; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (INVLPG exiting); "Basic VM-Exit
; Information" (exit qualification: the linear address).

%include "scenario.inc"

scenario "INVLPG exits with the linear address of its operand"

        rule_in_part invlpg_exits
        needs   invlpg_exiting
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_invlpg_exiting
        vmcs    GUEST_GS_BASE, value=0x100000

        expect  invlpg, qualification=0x123456, rip=near_one, length=3
        otherwise vmcall
        skip
        expect  invlpg, qualification=0x100010, rip=gs_one
        finish

guest CODE

        mov     ebx, 0x123456
near_one:
        invlpg  [rbx]
gs_one: invlpg  [gs:0x10]
        vmcall
