; SDM vol. 3, "Guest Register State"; VM entry does not load CR2.

%include "scenario.inc"

scenario "a guest starts with 0 in CR2"

        page    CODE, at=0x1000, access=r-x

        expect  vmcall, rbx=0
        finish

guest CODE

        mov     rbx, cr2
        vmcall
