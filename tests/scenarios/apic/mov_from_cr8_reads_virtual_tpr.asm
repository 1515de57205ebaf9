; SDM vol. 3, "Virtualizing CR8-Based TPR Accesses".

%include "scenario.inc"
%include "apic.inc"

scenario "with the TPR shadow MOV from CR8 reads bits 7:4 of the virtual TPR"

        rule_in_part tpr_shadow
        needs   tpr_shadow
        page    CODE, at=0x1000, access=r-x
        virtual_apic

        expect  vmcall, rax=5
        otherwise vmcall, rax=0
        finish

guest CODE

        mov     rax, cr8
        vmcall

contents VIRTUAL
        times TPR db 0
        twist   dd 0x5a
        untwisted dd 0x0a
