; Each entry has 4 bytes, so the walk reads at guest-physical addresses that are multiples of 4.
; SDM vol. 3, "32-Bit Paging"; table "Exit Qualification for EPT Violations".

%include "scenario.inc"
%include "guest.inc"

scenario "a walk of 32-bit paging through absent structures traps at the directory and at the table"

        page    CODE,      at=0x1000,  access=r-x
        page    DIRECTORY, at=0x10000, access=---
        page    LOW,       at=0x11000, access=r--
        page    TABLE,     at=0x12000, access=---
        page    DATA,      at=0x20000, access=r--
        vmcs    GUEST_CR4, clear=CR4_PSE
        set     cr3, DIRECTORY

        expect  ept_violation, gpa=DIRECTORY, gla=load, access=read, allowed=---, walk=1, rip=load
        remap   DIRECTORY, access=r--
        resume
        expect  ept_violation, gpa=TABLE+4*3, gla=0x403008, access=read, allowed=---, walk=1, \
                rip=load
        remap   TABLE, access=r--
        resume
        expect  vmcall, rax=0x77
        finish

guest CODE, mode=paging32

load:   mov     eax, [0x403008]
        vmcall

contents DIRECTORY
        dd      LOW + BRANCH, TABLE + BRANCH
contents LOW
        dd      0, CODE + LEAF
contents TABLE
        dd      0, 0, 0, DATA + LEAF
contents DATA
        dq      0, 0x77
