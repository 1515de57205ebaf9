; SDM vol. 3, "VM-Exit Control Fields".

%include "scenario.inc"

scenario "VM entry refuses saving the VMX-preemption timer where it is not activated"

        rule    save_preemption_timer_without_timer
        needs   save_preemption_timer
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, clear=PIN_BASED_activate_preemption_timer
        twist   vmcs EXIT_CONTROLS, set=VM_EXIT_save_preemption_timer

        expect  refused_controls
        finish

guest CODE

never:  hlt
