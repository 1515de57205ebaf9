; With a VPID, VM exits and entries invalidate nothing, but the EPT violation does.  An L0 that
; caches nothing passes in any case.
; SDM vol. 3, "Operations that Invalidate Cached Mappings".

%include "scenario.inc"

scenario "with a VPID, too, a page that is given more is seen so behind the EPT violation"

        needs   vpid
        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=r--
        vmcs    VIRTUAL_PROCESSOR_IDENTIFIER, value=1
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vpid

        expect  ept_violation, gpa=DATA, access=write, allowed=r--, rip=store
        remap   DATA, access=rw-
        resume
        expect  vmcall
        holds   DATA, byte=0x77
        finish

guest CODE

        mov     al, [DATA]
store:  mov     byte [DATA], 0x77
        vmcall
