; The new tables are not read before the next translation, which is that of the next instruction.
; SDM vol. 2, "MOV--Move to/from Control Registers"; vol. 3, "EPT Violations".

%include "scenario.inc"

scenario "MOV to CR3 in 64-bit mode touches no memory: the next fetch is what traps"

        needs   true_controls
        page    CODE,   at=0x1000,  access=r-x
        page    TABLES, at=0x10000, access=---
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_cr3_load_exiting

        expect  ept_violation, gpa=TABLES, gla=next, access=read, allowed=---, walk=1, rip=next, \
                cr3=TABLES
        finish

guest CODE

        mov     eax, TABLES
        mov     cr3, rax
next:   vmcall
