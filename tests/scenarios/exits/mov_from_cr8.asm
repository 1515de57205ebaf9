; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (CR8-store exiting); table "Exit
; Qualification for Control-Register Accesses".

%include "scenario.inc"

scenario "MOV from CR8 exits"

        rule    mov_cr8_exits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_cr8_store_exiting
        untwisted vmcs PRIMARY_CONTROLS, clear=PRIMARY_cr8_store_exiting

        expect  cr_access, control=8, qualification=0x18, rip=store
        otherwise vmcall
        set     rax, 9
        skip

        expect  vmcall, rax=9
        finish

guest CODE

store:  mov     rax, cr8
        vmcall
