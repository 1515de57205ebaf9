; SDM vol. 3, "4-Level Paging and 5-Level Paging"; "EPT Translation Mechanism".

%include "scenario.inc"
%include "guest.inc"

%define START   0x40000000

scenario "a 1 GiB page of 4-level paging reaches 4 KiB pages of EPT"

        needs   pages_1g
        page    CODE, at=0x1000, access=r-x
        page    LAST, at=START + 0x3ffff000, access=---
        own_paging

        expect  ept_violation, gpa=LAST+0xff8, gla=HIGH+0x3ffffff8, access=write, walk=0, rip=store
        remap   LAST, access=rw-
        resume

        expect  vmcall
        holds   LAST+0xff8, dword=0x77
        finish

guest CODE

        mov     rbx, HIGH + 0x3ffffff8
store:  mov     dword [rbx], 0x77
        vmcall

        map_high pdpte=START + LEAF + LARGE
