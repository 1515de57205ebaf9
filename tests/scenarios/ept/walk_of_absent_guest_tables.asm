; The guest's own paging structures are guest-physical memory, too.  The exit names the entry that
; the processor wanted to read, and the linear address it was translating.
; SDM vol. 3, "EPT Violations"; table "Exit Qualification for EPT Violations", bits 7 and 8.

%include "scenario.inc"

%define TABLE   0x23                    ; present, writable, accessed
%define MAPPED  0xe3                    ; the same, dirty, 2 MiB

scenario "a walk through guest paging structures that are not present traps"

        page    CODE,   at=0x1000,  access=r-x
        page    TABLES, at=0x10000, access=---, size=3 * PAGE_SIZE
        set     cr3, TABLES

        expect  ept_violation, gpa=TABLES, gla=start, access=read, allowed=---, walk=1, rip=start
        remap   TABLES, access=r--
        resume

        expect  vmcall, rip=start
        finish

guest CODE

start:  vmcall

contents TABLES

        dq      TABLES + 0x1000 + TABLE
        times 511 dq 0
        dq      TABLES + 0x2000 + TABLE
        times 511 dq 0
        dq      0 + MAPPED
