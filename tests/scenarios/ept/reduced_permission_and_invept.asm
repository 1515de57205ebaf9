; The script takes away first writing, then fetching, then reading, each time with INVEPT.  What the
; page still allows must work without an exit.
; SDM vol. 3, "Operations that Invalidate Cached Mappings"; "Guidelines for Use of the INVEPT
; Instruction".

%include "scenario.inc"

scenario "behind INVEPT a page allows no more than its entry says"

        needs   vpid, invept
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rwx
        vmcs    VIRTUAL_PROCESSOR_IDENTIFIER, value=1
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vpid

        expect  vmcall, rip=DATA+8
        remap   DATA, access=r-x
        invept
        resume  at=start
        expect  ept_violation, gpa=DATA, access=write, allowed=r-x, rip=store
        resume  at=stored
        expect  vmcall, rip=DATA+8
        remap   DATA, access=r--
        invept
        resume  at=stored
        expect  ept_violation, gpa=DATA+8, access=fetch, allowed=r--, rip=DATA+8
        remap   DATA, access=---
        invept
        resume  at=start
        expect  ept_violation, gpa=DATA, access=read, allowed=---, rip=start
        finish

guest CODE

start:  mov     rax, [DATA]
store:  mov     [DATA], rax
stored: jmp     DATA + 8

contents DATA
        dq      0
        vmcall
