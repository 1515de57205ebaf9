; SDM vol. 3, "TPR Virtualization".

%include "scenario.inc"
%include "apic.inc"

scenario "MOV to CR8 of a value below the TPR threshold exits behind the instruction"

        rule    tpr_below_threshold_exits
        needs   tpr_shadow
        page    CODE, at=0x1000, access=r-x
        virtual_apic
        twist   vmcs TPR_THRESHOLD, value=6
        untwisted vmcs TPR_THRESHOLD, value=5

        expect  tpr_below_threshold, qualification=0, rip=behind
        otherwise vmcall
        holds   VIRTUAL + TPR, dword=0x50
        finish

guest CODE

        mov     eax, 5
        mov     cr8, rax
behind: vmcall

contents VIRTUAL
        times TPR db 0
        dd      0x60
