; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (MOV-DR exiting); table "Exit
; Qualification for MOV DR".

%include "scenario.inc"

scenario "MOV to and from a debug register exits"

        rule_in_part mov_dr_exits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_mov_dr_exiting
        untwisted vmcs PRIMARY_CONTROLS, clear=PRIMARY_mov_dr_exiting

        expect  mov_dr, control=7, qualification=0x007, rip=load, length=3, rax=0x401
        otherwise vmcall, rax=0x401
        skip
        expect  mov_dr, control=6, qualification=0x116, rip=store
        set     rcx, 0xffff0ff0
        skip

        expect  vmcall, rcx=0xffff0ff0
        finish

guest CODE

        mov     eax, 0x401
load:   mov     dr7, rax
store:  mov     rcx, dr6
        vmcall
