; In an interrupt shadow the pending single step and RFLAGS.TF must agree.
; SDM vol. 3, "Checks on Guest Non-Register State".

%include "scenario.inc"
%include "kernel/bits.inc"

%define SINGLE_STEP     (1 << 14)

scenario "VM entry refuses an interrupt shadow with RFLAGS.TF and no pending single step"

        rule_in_part pending_debug_without_single_step
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_RFLAGS, set=RFLAGS_TF | RFLAGS_IF
        vmcs    GUEST_INTERRUPTIBILITY_STATE, value=1
        vmcs    GUEST_PENDING_DEBUG_EXCEPTIONS, value=SINGLE_STEP
        twist   vmcs GUEST_PENDING_DEBUG_EXCEPTIONS, clear=SINGLE_STEP

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
