; A walk does not read the entries again that MOV to CR3 or VM entry has loaded.
; SDM vol. 3, "PAE Paging"; table "Exit Qualification for EPT Violations".

%include "scenario.inc"
%include "guest.inc"

scenario "a walk of PAE paging reads directory and table, and no page-directory-pointer entry"

        page    CODE,  at=0x1000,  access=r-x
        page    TABLE, at=0x15000, access=---
        page    DATA,  at=0x20000, access=r--
        pae_paging

        expect  vmcall
        remap   POINTERS,  access=---
        remap   DIRECTORY, access=---
        invept
        resume  at=load

        expect  ept_violation, gpa=DIRECTORY, gla=load, access=read, allowed=---, walk=1, rip=load
        remap   DIRECTORY, access=r--
        resume
        expect  ept_violation, gpa=TABLE+8*3, gla=0x203008, access=read, allowed=---, walk=1, \
                rip=load
        remap   TABLE, access=r--
        resume
        expect  vmcall, rax=0x77
        finish

guest CODE, mode=pae

        vmcall
load:   mov     eax, [0x203008]
        vmcall

contents DIRECTORY
        dq      LEAF + LARGE, TABLE + BRANCH
contents TABLE
        dq      0, 0, 0, DATA + LEAF
contents DATA
        dq      0, 0x77
