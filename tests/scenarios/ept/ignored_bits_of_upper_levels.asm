; ignored_bits_of_upper_levels.asm -- no feature that is turned on here gives these bits a meaning
; (SDM vol. 3, table "Format of an EPT PML4 Entry (PML4E)" and those of PDPTE and PDE)

%include "scenario.inc"

%define IGNORED         0xfff << 52 | 0xf << 8

scenario "bits 11:8 and 63:52 of entries that lead to tables are ignored"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x200000, access=rw-
        entry   DATA, level=pml4, set=IGNORED
        entry   DATA, level=pdpt, set=IGNORED
        entry   DATA, level=pd,   set=IGNORED

        expect  vmcall, rax=77
        finish

guest CODE

        mov     eax, [DATA]
        vmcall

contents DATA
        dd      77
