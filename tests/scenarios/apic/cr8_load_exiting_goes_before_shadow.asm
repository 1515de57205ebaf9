; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (MOV to CR8).

%include "scenario.inc"
%include "apic.inc"

scenario "MOV to CR8 exits by its control although there is a TPR shadow"

        rule    mov_cr8_exits
        needs   tpr_shadow
        page    CODE, at=0x1000, access=r-x
        virtual_apic
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_cr8_load_exiting

        expect  cr_access, control=8, rip=load
        otherwise vmcall
        holds   VIRTUAL + TPR, dword=0x60
        finish

guest CODE

        mov     eax, 5
load:   mov     cr8, rax
        vmcall

contents VIRTUAL
        times TPR db 0
        dd      0x60
