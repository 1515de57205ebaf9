; SDM vol. 3, "NMI-Window Exiting".

%include "scenario.inc"
%include "guest.inc"

%define HLT                1               ; an activity state

scenario "the NMI window ends the HLT state of a guest that is entered in it"

        rule    nmi_window_conditions, halted_guest_wakes
        needs   virtual_nmis, activity_hlt
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_virtual_nmis
        vmcs    GUEST_ACTIVITY_STATE, value=HLT
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_nmi_window_exiting
        untwisted vmcs GUEST_ACTIVITY_STATE, value=0

        expect  nmi_window, rip=CODE
        otherwise vmcall
        finish

guest CODE

        vmcall
