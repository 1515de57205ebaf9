%include "scenario.inc"

scenario "what nasm only warns of, but what is never meant"

        page    CODE, at=0x1000, access=r-x
        expect  vmcall
        finish

%undef this that

guest CODE

        mov     ecx, dword ptr [rbx]
        hlt2
        db
        vmcall
