; large_page_at_the_address_of_a_table.asm -- a 2 MiB page is aligned to 2 MiB
; (SDM vol. 3, "EPT Misconfigurations"; table "Format of an EPT Page-Directory Entry (PDE) that Maps
; a 2-MByte Page": bits 20:12 are reserved)

%include "scenario.inc"

scenario "a PD entry with bit 7 and the address of a table is misconfigured"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x200000, access=rw-
        entry   DATA, level=pd, set=1 << 7

        expect  ept_misconfig, gpa=DATA, rip=load
        entry   DATA, level=pd, clear=1 << 7
        resume

        expect  vmcall, rax=77
        finish

guest CODE

        mov     ebx, DATA
load:   mov     eax, [rbx]
        vmcall

contents DATA
        dd      77
