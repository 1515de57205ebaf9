; SDM vol. 3, "Instructions That Cause VM Exits Unconditionally"; "Basic VM-Exit Information".

%include "scenario.inc"

scenario "INVEPT in a guest always exits, before it looks at its descriptor"

        rule    invept_exits
        needs   invept
        page    CODE, at=0x1000, access=r-x

        expect  invept, rip=try, qualification=0x10, rax=2
        otherwise vmcall
        skip

        expect  vmcall
        finish

guest CODE

        mov     eax, 2
        mov     ebx, 0x5000
try:    twist invept rax, [rbx + 0x10]
        vmcall
