; Until INVEPT the processor may keep translations together with what they allow.  After INVEPT the
; EPT entry counts.
; SDM vol. 3, "Caching Translation Information"; "Guidelines for Use of the INVEPT Instruction".

%include "scenario.inc"

scenario "a page that loses its write permission traps the next write"

        needs   invept
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rw-

        expect  vmcall
        holds   DATA, qword=1
        remap   DATA, access=r--
        invept
        skip

        expect  ept_violation, gpa=DATA, access=write, allowed=r--, rip=second
        holds   DATA, qword=1
        finish

guest CODE

        mov     qword [DATA], 1
        vmcall
second: mov     qword [DATA], 2
