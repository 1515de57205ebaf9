; reserved_bits_of_pdpt_and_pd_entries.asm -- bits 6:3 of entries that lead to a table must be 0
; (SDM vol. 3, "EPT Misconfigurations"; tables "Format of an EPT Page-Directory-Pointer-Table Entry
; (PDPTE) that References an EPT Page Directory", "Format of an EPT Page-Directory Entry (PDE) that
; References an EPT Page Table")

%include "scenario.inc"

%define BITS_6_TO_3     0xf << 3

scenario "a PDPT or PD entry that leads to a table is misconfigured with one of its bits 6:3 set"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x40000000, access=rw-

        expect  vmcall
        entry   DATA, level=pdpt, set=1 << 3
        resume  at=load
%assign bit 3
%rep 4
        expect  ept_misconfig, gpa=DATA, rip=load
        entry   DATA, level=pdpt, clear=1 << bit
        entry   DATA, level=pd,   set=1 << bit
        resume

        expect  ept_misconfig, gpa=DATA, rip=load
        entry   DATA, level=pdpt, set=2 << bit & BITS_6_TO_3
        entry   DATA, level=pd,   clear=1 << bit
        invept                                  ; the PDPT entry was legal, and may be cached
        resume
%assign bit bit + 1
%endrep

        expect  vmcall, rax=77
        finish

guest CODE

        vmcall
load:   mov     eax, [DATA]
        vmcall

contents DATA
        dd      77
