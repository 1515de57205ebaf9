; INVEPT invalidates what was derived from an EPT, under every VPID.  Without it the processor may
; overlook that an entry allows less now: with a VPID, VM exits and entries invalidate nothing.
; SDM vol. 3, "Operations that Invalidate Cached Mappings".

%include "scenario.inc"

scenario "with a VPID, too, INVEPT makes the processor see that a page was taken away"

        needs   vpid, invept
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rw-
        vmcs    VIRTUAL_PROCESSOR_IDENTIFIER, value=1
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vpid

        expect  vmcall
        remap   DATA, access=---
        invept
        skip

        expect  ept_violation, gpa=DATA, access=read, allowed=---, rip=second
        finish

guest CODE

        mov     rax, [DATA]
        vmcall
second: mov     rax, [DATA]
        vmcall
