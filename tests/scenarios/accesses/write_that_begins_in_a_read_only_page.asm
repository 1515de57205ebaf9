; SDM vol. 3, "EPT Violations".

%include "scenario.inc"

scenario "a write across two pages of which the first is read-only traps at its first byte"

        page    CODE,   at=0x1000, access=r-x
        page    FIRST,  at=0x2000, access=r--
        page    SECOND, at=0x3000, access=rw-

        expect  ept_violation, gpa=FIRST+0xffa, gla=FIRST+0xffa, access=write, allowed=r--, \
                rip=store
        remap   FIRST, access=rw-
        resume
        expect  vmcall
        holds   FIRST+0xff8, qword=0x3344556677880000
        holds   SECOND,      dword=0x1122
        finish

guest CODE

        mov     rax, 0x1122334455667788
store:  mov     [FIRST + 0xffa], rax
        vmcall
