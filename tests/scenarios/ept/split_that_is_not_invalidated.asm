; What a processor has cached of the large page may be used until INVEPT, and need not be.
; SDM vol. 3, "Invalidating Cached Mappings" and "Guidelines for Use of the INVEPT Instruction".

%include "scenario.inc"

scenario "until INVEPT a part of a large page that was split is as before, or as its own entry says"

        rule_in_part invept_invalidates
        needs   vpid, invept
        page    CODE,  at=0x1000,   access=r-x
        page    LARGE, at=0x200000, access=rw-, level=pd
        vmcs    VIRTUAL_PROCESSOR_IDENTIFIER, value=1
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vpid

        expect  vmcall
        split   LARGE
        twist   entry LARGE + 0x1000, level=pt, access=---
        resume  at=load

        expect  vmcall, rax=0
        or      ept_violation, gpa=LARGE + 0x1000, access=read, allowed=---, rip=load
        invept
        resume  at=load

        expect  ept_violation, gpa=LARGE + 0x1000, access=read, allowed=---, rip=load
        otherwise vmcall, rax=0
        finish

guest CODE

        mov     ebx, LARGE
load:   mov     rax, [rbx + 0x1000]
        vmcall
