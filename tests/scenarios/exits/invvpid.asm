; SDM vol. 3, "Instructions That Cause VM Exits Unconditionally"; "Basic VM-Exit Information".

%include "scenario.inc"

scenario "INVVPID in a guest always exits, before it looks at its descriptor"

        rule    invvpid_exits
        needs   invvpid
        page    CODE, at=0x1000, access=r-x

        expect  invvpid, rip=try, qualification=0x10, rax=2
        otherwise vmcall
        skip

        expect  vmcall
        finish

guest CODE

        mov     eax, 2
        mov     ebx, 0x5000
try:    twist invvpid rax, [rbx + 0x10]
        vmcall
