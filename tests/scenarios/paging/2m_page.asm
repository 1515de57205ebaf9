; The page sizes of the guest and of EPT are independent.  Of the guest's 2 MiB EPT maps the first 4
; KiB, while the last 4 KiB are not present at first.
; SDM vol. 3, "4-Level Paging and 5-Level Paging"; "EPT Translation Mechanism".

%include "scenario.inc"
%include "guest.inc"

scenario "a 2 MiB page of 4-level paging reaches 4 KiB pages of EPT"

        page    CODE, at=0x1000,   access=r-x
        page    DATA, at=0x600000, access=rw-
        page    LAST, at=0x7ff000, access=---
        own_paging

        expect  ept_violation, gpa=LAST+0xff8, gla=HIGH+0x1ffff8, access=write, walk=0, rip=store
        remap   LAST, access=rw-
        resume

        expect  vmcall
        holds   LAST+0xff8, dword=0x77
        finish

guest CODE

        mov     rbx, HIGH
        mov     rax, [rbx]
store:  mov     dword [rbx + 0x1ffff8], 0x77
        vmcall

        map_high pde=DATA + LEAF + LARGE
