; Each processor with EPT has at least 36 bits of physical addresses, enough for 64 GiB.
; SDM vol. 3, "EPT Translation Mechanism".

%include "scenario.inc"
%include "guest.inc"

scenario "the last page of 64 GiB of guest-physical memory is one like any other"

        page    CODE, at=0x1000,      access=r-x
        page    LAST, at=0xffffff000, access=---
        own_paging

        expect  ept_violation, gpa=LAST+0xff8, gla=HIGH+0xff8, access=write, allowed=---, rip=store
        remap   LAST, access=rw-
        resume
        expect  vmcall
        holds   LAST+0xff8, qword=0x77
        finish

guest CODE

        mov     rbx, HIGH
        mov     eax, 0x77
store:  mov     [rbx + 0xff8], rax
        vmcall

        map_high pte=LAST + LEAF
