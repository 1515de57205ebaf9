; Each of the 512 entries says what that of the large page did.
; SDM vol. 3, "EPT Translation Mechanism".

%include "scenario.inc"

scenario "a large page that was split into 4 KiB is used as before, and so is one that is whole again"

        page    CODE,  at=0x1000,   access=r-x
        page    LARGE, at=0x200000, access=r--, level=pd
        twist   write LARGE + 0x1ff000, qword=0x77

        expect  vmcall, rax=0x77
        otherwise vmcall, rax=0
        split   LARGE
        invept
        resume  at=load

        expect  vmcall, rax=0x77
        resume  at=store
        expect  ept_violation, gpa=LARGE + 0x1ff000, access=write, allowed=r--, rip=store
        remap   LARGE, access=rw-
        invept
        resume

        expect  vmcall
        holds   LARGE + 0x1ff000, qword=0x78
        finish

guest CODE

        mov     ebx, LARGE + 0x1ff000
load:   mov     rax, [rbx]
        vmcall
store:  inc     qword [rbx]
        vmcall
