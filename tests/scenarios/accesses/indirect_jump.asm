; SDM vol. 3, "EPT Violations".

%include "scenario.inc"

scenario "an indirect jump traps for the pointer as a read and for the target as a fetch"

        page    CODE,    at=0x1000, access=r-x
        page    POINTER, at=0x2000, access=---
        page    TARGET,  at=0x3000, access=rw-

        expect  ept_violation, gpa=POINTER+8, access=read, allowed=---, rip=go
        remap   POINTER, access=r--
        resume
        expect  ept_violation, gpa=TARGET, access=fetch, allowed=rw-, rip=TARGET
        remap   TARGET, access=r-x
        resume
        expect  vmcall, rip=TARGET
        finish

guest CODE

go:     jmp     [POINTER + 8]

contents POINTER
        dq      0, TARGET
contents TARGET
        vmcall
