; RFLAGS.RF is saved as 1, for the instruction has not been executed yet.
; SDM vol. 3, "EPT Violations"; "Saving RIP, RSP, RFLAGS, and SSP";
; vol. 2, "IRET/IRETD/IRETQ--Interrupt Return".

%include "scenario.inc"
%include "guest.inc"

scenario "IRETQ traps at the absent stack before it loads a register"

        page    CODE, at=0x1000, access=r-x
        event_tables

        expect  vmcall
        remap   STACK, access=---
        invept
        skip

        expect  ept_violation, gpa=STACK|0x3f?, access=read, allowed=---, rip=back, rsp=STACK, \
                rflags=2|RFLAGS_RF
        remap   STACK, access=r--
        resume
        expect  vmcall, rip=there, rsp=0x5678, rflags=0x3
        finish

guest CODE

        mov     esp, STACK
        vmcall
back:   iretq
there:  vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents STACK
        dq      there, 8, 3, 0x5678, 0x10
