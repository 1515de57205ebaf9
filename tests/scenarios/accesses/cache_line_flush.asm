; CLFLUSH is checked like a load of one byte.
; SDM vol. 2, "CLFLUSH--Flush Cache Line"; vol. 3, "EPT Violations".

%include "scenario.inc"

scenario "flushing a cache line of an absent page traps as a read"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=---

        expect  ept_violation, gpa=DATA+0x123, access=read, allowed=---, rip=flush
        remap   DATA, access=r--
        resume
        expect  vmcall
        finish

guest CODE

flush:  clflush [DATA + 0x123]
        vmcall
