; How much of the loop is done when the timer expires, no L0 need know; but it is some of it.
; SDM vol. 3, "VMX-Preemption Timer".

%include "scenario.inc"
%include "guest.inc"

scenario "a preemption timer of N lets the guest run, and then exits"

        rule    preemption_timer_exits
        needs   preemption_timer
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_activate_preemption_timer
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        twist   vmcs VMX_PREEMPTION_TIMER_VALUE, value=0x4000
        untwisted vmcs VMX_PREEMPTION_TIMER_VALUE, value=0

        expect  preemption_timer, rbx=1
        otherwise preemption_timer, rbx=0
        finish

guest CODE

        mov     ebx, 1
        jmp     $
