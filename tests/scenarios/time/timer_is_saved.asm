; No guest lives to see 2^31 counts pass, and 2^28 of them do not pass before its first exit.
; SDM vol. 3, "Saving Non-Register State".

%include "scenario.inc"

scenario "with its control a VM exit saves what is left of the preemption timer"

        rule    preemption_timer_saved
        needs   preemption_timer, save_preemption_timer
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_activate_preemption_timer
        vmcs    VMX_PREEMPTION_TIMER_VALUE, value=0x80000000
        twist   vmcs EXIT_CONTROLS, set=VM_EXIT_save_preemption_timer

        expect  vmcall, VMX_PREEMPTION_TIMER_VALUE=0x70000000|0xfffffff?
        otherwise vmcall, VMX_PREEMPTION_TIMER_VALUE=0x80000000
        finish

guest CODE

        mov     ecx, 100000
spin:   dec     ecx
        jnz     spin
        vmcall
