; SDM vol. 3, "Saving Non-Register State"; CR2 is not part of the guest-state area.

%include "scenario.inc"

scenario "MOV to CR2 does not exit"

        page    CODE, at=0x1000, access=r-x

        expect  vmcall, rbx=0x1111
        finish

guest CODE

        mov     eax, 0x1111
        mov     cr2, rax
        mov     rbx, cr2
        vmcall
