; reserved_bit_of_pml4_entry.asm -- bits 7:3 of an EPT PML4 entry must be 0
; (SDM vol. 3, "EPT Misconfigurations"; table "Format of an EPT PML4 Entry (PML4E)")

%include "scenario.inc"

%define BITS_7_TO_3     0x1f << 3

scenario "an EPT PML4 entry with one of its bits 7:3 set is misconfigured"

        page    CODE, at=0x1000, access=r-x
        entry   CODE, level=pml4, set=1 << 3

%assign bit 3
%rep 5
        expect  ept_misconfig, rip=CODE
        entry   CODE, level=pml4, clear=1 << bit, set=2 << bit & BITS_7_TO_3
        resume
%assign bit bit + 1
%endrep

        expect  vmcall
        finish

guest CODE

        vmcall
