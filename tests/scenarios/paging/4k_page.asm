; There are two translations: the guest's to a guest-physical address, and from there that of EPT.
; SDM vol. 3, "4-Level Paging and 5-Level Paging"; "EPT Translation Mechanism".

%include "scenario.inc"
%include "guest.inc"

scenario "a 4 KiB page of 4-level paging translates to what EPT refuses"

        page    CODE, at=0x1000,  access=r-x
        page    DATA, at=0x20000, access=---
        own_paging

        expect  ept_violation, gpa=DATA+0xff8, gla=HIGH+0xff8, access=write, walk=0, rip=store
        remap   DATA, access=rw-
        resume

        expect  vmcall
        holds   DATA+0xff8, dword=0x77
        finish

guest CODE

        mov     rbx, HIGH
store:  mov     dword [rbx + 0xff8], 0x77
        vmcall

        map_high pte=DATA + LEAF
