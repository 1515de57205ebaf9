; SDM vol. 3, "Other Causes of VM Exits"; "Interruptibility State".

%include "scenario.inc"
%include "guest.inc"

%define BLOCKING_BY_MOV_SS 2               ; of the interruptibility state

scenario "the NMI window opens one instruction later if events are blocked by MOV SS"

        rule    nmi_window_conditions
        needs   virtual_nmis
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_virtual_nmis
        vmcs    PRIMARY_CONTROLS, set=PRIMARY_nmi_window_exiting
        twist   vmcs GUEST_INTERRUPTIBILITY_STATE, value=BLOCKING_BY_MOV_SS

        expect  nmi_window, rip=behind
        otherwise nmi_window, rip=CODE
        finish

guest CODE

        nop
behind: nop
        vmcall
