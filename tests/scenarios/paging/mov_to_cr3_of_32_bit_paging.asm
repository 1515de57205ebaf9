; The processor reads the directory when a translation needs it, not when MOV to CR3 names it.
; SDM vol. 2, "MOV--Move to/from Control Registers"; vol. 3, "32-Bit Paging".

%include "scenario.inc"
%include "guest.inc"

scenario "MOV to CR3 with 32-bit paging touches no memory: the next fetch is what traps"

        needs   true_controls
        page    CODE,      at=0x1000,  access=r-x
        page    DIRECTORY, at=0x10000, access=---
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_cr3_load_exiting

        expect  ept_violation, gpa=DIRECTORY, gla=next, access=read, allowed=---, walk=1, \
                rip=next, cr3=DIRECTORY
        remap   DIRECTORY, access=r--
        resume
        expect  vmcall
        finish

guest CODE, mode=paging32

        mov     eax, DIRECTORY
        mov     cr3, eax
next:   vmcall

contents DIRECTORY
        dd      LEAF + LARGE
