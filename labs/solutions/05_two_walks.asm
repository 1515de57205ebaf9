; Lab 5: two walks at once, solved.
;
; In 0x40601000 bits 47:39 are 0, bits 38:30 are 1, and bits 29:21 are 3.  An entry has 8 bytes.
;
; Three entries and the instruction itself have four guest-physical addresses.  EPT translates each
; of them by four entries.

%include "scenario.inc"

%define TABLE   0x23                    ; present, writable, accessed
%define MAPPED  0xe3                    ; the same, dirty, 2 MiB

scenario "the fetch of the first instruction walks through three guest tables"

        page    PML4, at=0x10000,    access=---
        page    PDPT, at=0x11000,    access=---
        page    PD,   at=0x12000,    access=---
        page    CODE, at=0x40601000, access=r-x
        set     cr3, PML4

        expect  ept_violation, gpa=PML4, gla=start, access=read, walk=1
        remap   PML4, access=r--
        resume

        expect  ept_violation, gpa=PDPT+1*8, gla=start, access=read, walk=1
        remap   PDPT, access=r--
        resume

        expect  ept_violation, gpa=PD+3*8, gla=start, access=read, walk=1
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
