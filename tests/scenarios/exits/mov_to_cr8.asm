; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (CR8-load exiting); table "Exit
; Qualification for Control-Register Accesses".

%include "scenario.inc"

scenario "MOV to CR8 exits"

        rule    mov_cr8_exits
        page    CODE, at=0x1000, access=r-x
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_cr8_load_exiting
        untwisted vmcs PRIMARY_CONTROLS, clear=PRIMARY_cr8_load_exiting

        expect  cr_access, control=8, qualification=0x208, rdx=3, rip=load
        otherwise vmcall, rdx=3
        skip

        expect  vmcall
        finish

guest CODE

        mov     edx, 3
load:   mov     cr8, rdx
        untwisted mov cr8, rax          ; it is the host's as well
        vmcall
