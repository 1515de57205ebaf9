; A page walk that sets an accessed flag writes to guest memory.  The last entry here has none yet.
; SDM vol. 3, "Accessed and Dirty Flags"; table "Exit Qualification for EPT Violations".

%include "scenario.inc"

%define ACCESSED        0x20
%define TABLE           0x03 | ACCESSED ; present, writable
%define MAPPED          0x83            ; 2 MiB, not yet accessed

scenario "setting an accessed flag in read-only guest paging structures traps as a write"

        page    CODE,   at=0x1000,  access=r-x
        page    TABLES, at=0x10000, access=r--, size=3 * PAGE_SIZE
        set     cr3, TABLES

        expect  ept_violation, gpa=TABLES+0x2000, access=write|read?, allowed=r--, walk=1, rip=start
        holds   TABLES+0x2000, qword=MAPPED
        remap   TABLES, access=rw-
        resume

        expect  vmcall, rip=start
        holds   TABLES+0x2000, qword=MAPPED | ACCESSED
        finish

guest CODE

start:  vmcall

contents TABLES

        dq      TABLES + 0x1000 + TABLE
        times 511 dq 0
        dq      TABLES + 0x2000 + TABLE
        times 511 dq 0
        dq      0 + MAPPED
