; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (VMWRITE: unless VMCS shadowing lets
; it pass).

%include "scenario.inc"

scenario "VMWRITE in a guest exits"

        page    CODE, at=0x1000, access=r-x

        expect  vmwrite, rip=try, length=3, rcx=0x681e, rax=7
        skip

        expect  vmcall
        finish

guest CODE

        mov     ecx, 0x681e
        mov     eax, 7
try:    vmwrite rcx, rax
        vmcall
