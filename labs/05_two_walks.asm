; Lab 5: two walks at once.
;
; Find out  which guest-physical memory the processor reads before the first instruction of a guest
;           with paging of its own runs.  The guest's three tables are not present at first.  The
;           three addresses after `gpa=` are wrong: which entry of which table does it read?
; Read      SDM vol. 3, "4-Level Paging and 5-Level Paging" (which bits of a linear address choose an
;           entry); "EPT Violations"; table "Exit Qualification for EPT Violations", bits 7 and 8.
; Done      when the verdict is `ok`.  How many guest-physical addresses does one instruction fetch
;           of this guest go through, and how many EPT entries?  (4 and 16: why?)

%include "scenario.inc"

%define TABLE   0x23                    ; present, writable, accessed
%define MAPPED  0xe3                    ; the same, dirty, 2 MiB

scenario "the fetch of the first instruction walks through three guest tables"

        page    PML4, at=0x10000,    access=---
        page    PDPT, at=0x11000,    access=---
        page    PD,   at=0x12000,    access=---
        page    CODE, at=0x40601000, access=r-x
        set     cr3, PML4

        expect  ept_violation, gpa=0, gla=start, access=read, walk=1    ; yours
        remap   PML4, access=r--
        resume

        expect  ept_violation, gpa=0, gla=start, access=read, walk=1    ; yours
        remap   PDPT, access=r--
        resume

        expect  ept_violation, gpa=0, gla=start, access=read, walk=1    ; yours
        remap   PD, access=r--
        resume

        expect  vmcall, rip=start
        finish

guest CODE

start:  vmcall

contents PML4

        dq      PDPT + TABLE

contents PDPT

        dq      0, PD + TABLE

contents PD

        dq      0, 0, 0, 0x40600000 + MAPPED
