; The instruction that exited has not been executed, so its single step is not pending yet.
; SDM vol. 3, "Saving Non-Register State" (pending debug exceptions).

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "an EPT violation while single-stepping leaves no debug exception pending"

        rule_in_part pending_debug_exceptions_saved
        page    CODE, at=0x1000, access=r-x
        twist   page DATA, at=0x2000, access=---
        untwisted page DATA, at=0x2000, access=r--
        vmcs    GUEST_RFLAGS, set=RFLAGS_TF

        expect  ept_violation, gpa=DATA, rip=load, GUEST_PENDING_DEBUG_EXCEPTIONS=0
        otherwise exception_or_nmi, vector=1, rip=second, rax=7, qualification=0x4000
        remap   DATA, access=r--
        resume

        expect  exception_or_nmi, vector=1, rip=second, rax=7, qualification=0x4000
        finish

guest CODE

load:   mov     rax, [DATA]
second: nop

contents DATA

        dq      7
