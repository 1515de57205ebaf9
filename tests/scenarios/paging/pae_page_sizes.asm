; SDM vol. 3, "PAE Paging"; "EPT Translation Mechanism".

%include "scenario.inc"
%include "guest.inc"

scenario "pages of 4 KiB and of 2 MiB of PAE paging translate to what EPT refuses"

        page    CODE,  at=0x1000,   access=r-x
        page    SMALL,  at=0x20000,  access=---
        page    LARGER, at=0x7ff000, access=---
        pae_paging
        vmcs    GUEST_PDPTE1, value=SECOND + PRESENT
        page    SECOND, at=0x14000, access=r--
        page    TABLE,  at=0x15000, access=r--

        expect  ept_violation, gpa=SMALL+8, gla=0x40003008, access=read, walk=0, rip=small
        remap   SMALL, access=r--
        resume
        expect  ept_violation, gpa=LARGER+8, gla=0x403ff008, access=read, walk=0, rip=large
        remap   LARGER, access=r--
        resume
        expect  vmcall
        finish

guest CODE, mode=pae

small:  mov     eax, [0x40003008]
large:  mov     eax, [0x403ff008]
        vmcall

contents DIRECTORY
        dq      LEAF + LARGE
contents SECOND
        dq      TABLE + BRANCH, 0x600000 + LEAF + LARGE
contents TABLE
        dq      0, 0, 0, SMALL + LEAF
