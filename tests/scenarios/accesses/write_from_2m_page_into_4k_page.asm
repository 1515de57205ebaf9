; SDM vol. 3, "EPT Violations"; "EPT Translation Mechanism".

%include "scenario.inc"

scenario "a write from a 2 MiB page into an absent 4 KiB page traps where the smaller one begins"

        page    CODE,   at=0x1000,   access=r-x
        page    LARGER, at=0x400000, access=rw-, level=pd
        page    SMALL,  at=0x600000, access=---

        expect  ept_violation, gpa=SMALL, access=write, allowed=---, rip=store
        remap   SMALL, access=rw-
        resume
        expect  vmcall
        holds   SMALL-4, dword=0x55667788
        holds   SMALL,   dword=0x11223344
        finish

guest CODE

        mov     rax, 0x1122334455667788
store:  mov     [SMALL - 4], rax
        vmcall
