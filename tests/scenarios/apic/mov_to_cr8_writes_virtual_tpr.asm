; SDM vol. 3, "Virtualizing CR8-Based TPR Accesses".

%include "scenario.inc"
%include "apic.inc"

scenario "with the TPR shadow MOV to CR8 writes the virtual TPR"

        rule_in_part tpr_shadow
        needs   tpr_shadow
        page    CODE, at=0x1000, access=r-x
        virtual_apic
        twist   vmcs PRIMARY_CONTROLS, clear=PRIMARY_cr8_load_exiting
        untwisted vmcs PRIMARY_CONTROLS, set=PRIMARY_cr8_load_exiting

        expect  vmcall
        otherwise cr_access, control=8, qualification=8
        holds   VIRTUAL + TPR, dword=0x50
        finish

guest CODE

        mov     eax, 5
        mov     cr8, rax
        vmcall

contents VIRTUAL
        times TPR db 0
        dd      0xf00fa
