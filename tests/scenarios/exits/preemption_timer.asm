; SDM vol. 3, "VMX-Preemption Timer": a timer that is 0 on VM entry ends the guest before it executes
; an instruction.

%include "scenario.inc"

scenario "a preemption timer that is 0 exits before the first instruction"

        rule    preemption_timer_exits
        rule_in_part preemption_timer_of_0
        needs   preemption_timer
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_activate_preemption_timer
        twist   vmcs VMX_PREEMPTION_TIMER_VALUE, value=0
        untwisted vmcs VMX_PREEMPTION_TIMER_VALUE, value=0xffffffff

        expect  preemption_timer, rip=CODE, rax=0
        otherwise vmcall, rax=1
        vmcs    PIN_BASED_CONTROLS, clear=PIN_BASED_activate_preemption_timer
        resume

        expect  vmcall, rax=1
        finish

guest CODE

        mov     eax, 1
        vmcall
