; SDM vol. 2, "CMPXCHG8B/CMPXCHG16B--Compare and Exchange Bytes"; vol. 3, "EPT Violations".

%include "scenario.inc"

scenario "CMPXCHG16B with a read-only page traps as a write and exchanges once it may"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=r--

        expect  ept_violation, gpa=DATA+16|0xf?, access=write|read?, allowed=r--, rip=change
        holds   DATA+24, qword=0x22
        remap   DATA, access=rw-
        resume
        expect  vmcall, rax=0x11, rdx=0x22
        holds   DATA+16, qword=0x33
        holds   DATA+24, qword=0x44
        finish

guest CODE

        mov     eax, 0x11
        mov     edx, 0x22
        mov     ebx, 0x33
        mov     ecx, 0x44
change: lock cmpxchg16b [DATA + 16]
        vmcall

contents DATA
        dq      0, 0, 0x11, 0x22
