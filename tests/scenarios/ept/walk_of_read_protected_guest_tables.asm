; walk_of_read_protected_guest_tables.asm -- the processor reads guest paging structures through EPT
; (SDM vol. 3, "EPT Violations"; table "Exit Qualification for EPT Violations")

%include "scenario.inc"

scenario "a guest PML4 that may not be read stops the first walk, before the first instruction"

        page    CODE, at=0x1000, access=r-x
        entry   GUEST_PML4, level=pt, access=---

        expect  ept_violation, gpa=GUEST_PML4, gla=CODE, access=read, allowed=---, walk=1, rip=CODE
        entry   GUEST_PML4, level=pt, access=r--
        resume

        expect  vmcall
        finish

GUEST_PML4      equ     0xffe00000              ; where the engine keeps it

guest CODE

        vmcall
