; SDM vol. 3, "Instructions That Cause VM Exits Conditionally" (VMREAD: unless VMCS shadowing lets
; it pass); "Basic VM-Exit Information".

%include "scenario.inc"

scenario "VMREAD in a guest exits"

        page    CODE, at=0x1000, access=r-x

        expect  vmread, rip=to_register, length=3, rcx=0x681e
        set     rax, 0x1234
        skip
        expect  vmread, rip=to_memory, qualification=0x20
        skip

        expect  vmcall, rax=0x1234
        finish

guest CODE

        mov     ecx, 0x681e
to_register:
        vmread  rax, rcx
        mov     ebx, 0x5000
to_memory:
        vmread  [rbx + 0x20], rcx
        vmcall
