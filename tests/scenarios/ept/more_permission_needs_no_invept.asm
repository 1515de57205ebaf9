; An EPT violation itself invalidates what was cached for its address, so a guest cannot get the
; same violation for ever.  An L0 that caches nothing passes in any case.
; SDM vol. 3, "Operations that Invalidate Cached Mappings"; "Guidelines for Use of the INVEPT
; Instruction".

%include "scenario.inc"

scenario "a page that is given more and more is seen so behind each EPT violation, without INVEPT"

        page    CODE, at=0x1000, access=r-x
        page    DATA, at=0x2000, access=r--

        repeat  20
        expect  ept_violation, gpa=DATA, access=write, allowed=r--, rip=store
        remap   DATA, access=rw-
        resume
        expect  ept_violation, gpa=DATA, access=fetch, allowed=rw-, rip=DATA
        remap   DATA, access=rwx
        resume
        expect  vmcall, rip=DATA
        remap   DATA, access=r--
        invept
        resume  at=start
        end_repeat

        expect  ept_violation, gpa=DATA, access=write, allowed=r--
        finish

guest CODE

start:  mov     al, [DATA]
store:  mov     byte [DATA], 0x0f
        jmp     DATA

contents DATA
        vmcall
