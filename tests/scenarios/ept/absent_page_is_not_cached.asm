; The processor caches no entry that is not present, so once the page is there, no INVEPT is needed.
; An L0 that caches nothing passes in any case.
; SDM vol. 3, "Caching Translation Information".

%include "scenario.inc"

scenario "an absent page that another exit puts there is seen without INVEPT"

        needs   vpid
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=---
        vmcs    VIRTUAL_PROCESSOR_IDENTIFIER, value=1
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vpid

        expect  ept_violation, gpa=DATA, access=read, allowed=---, rip=load
        resume  at=other
        expect  vmcall, rip=other
        remap   DATA, access=r--
        resume  at=load
        expect  vmcall, rax=0x77
        finish

guest CODE

load:   mov     rax, [DATA]
other:  vmcall

contents DATA
        dq      0x77
