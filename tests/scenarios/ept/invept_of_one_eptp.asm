; invept_of_one_eptp.asm -- single-context INVEPT, once for each of two EPTPs
; (SDM vol. 3, "INVEPT--Invalidate Translations Derived from EPT"; "Operations that Invalidate Cached
; Mappings")

%include "scenario.inc"

scenario "INVEPT of one EPTP makes the processor see that a page was taken away under it"

        needs   vpid
        views   2
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=rw-
        vmcs    VIRTUAL_PROCESSOR_IDENTIFIER, value=1
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vpid

        expect  vmcall, view=0
        vmcs    EPT_POINTER, view=1
        resume  at=load

        expect  vmcall, view=1
        remap   DATA, access=---, view=1
        invept  single, view=1
        resume  at=load

        expect  ept_violation, gpa=DATA, access=read, allowed=---, view=1, rip=load
        vmcs    EPT_POINTER, view=0
        resume

        expect  vmcall, view=0
        remap   DATA, access=---
        invept  single
        resume  at=load

        expect  ept_violation, gpa=DATA, access=read, allowed=---, view=0, rip=load
        finish

guest CODE

load:   mov     rax, [DATA]
        vmcall
