; The entry that would map a page of 4 MiB leads to a page table.
; SDM vol. 3, "32-Bit Paging" (CR4.PSE).

%include "scenario.inc"
%include "guest.inc"

scenario "without CR4.PSE the page-size bit of a page-directory entry is ignored"

        page    CODE,      at=0x1000,   access=r-x
        page    DIRECTORY, at=0x10000,  access=r--
        page    LOW,       at=0x11000,  access=r--
        page    TABLE,     at=0x400000, access=---
        page    DATA,      at=0x20000,  access=r--
        vmcs    GUEST_CR4, clear=CR4_PSE
        set     cr3, DIRECTORY

        expect  ept_violation, gpa=TABLE, gla=0x400008, access=read, walk=1, rip=load
        remap   TABLE, access=r--
        resume
        expect  vmcall, rax=0x77
        finish

guest CODE, mode=paging32

load:   mov     eax, [0x400008]
        vmcall

contents DIRECTORY
        dd      LOW + BRANCH, TABLE + LEAF + LARGE
contents LOW
        dd      0, CODE + LEAF
contents TABLE
        dd      DATA + LEAF
contents DATA
        dq      0, 0x77
