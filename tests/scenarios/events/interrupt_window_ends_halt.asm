; SDM vol. 3, "Interrupt-Window Exiting and Virtual-Interrupt Delivery".

%include "scenario.inc"
%include "guest.inc"

%define HLT                1               ; an activity state

scenario "the interrupt window ends the HLT state of a guest that is entered in it"

        rule    interrupt_window_conditions, halted_guest_wakes
        needs   interrupt_window, activity_hlt
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_ACTIVITY_STATE, value=HLT
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_interrupt_window_exiting
        untwisted vmcs GUEST_ACTIVITY_STATE, value=0

        expect  interrupt_window, rip=CODE
        otherwise vmcall
        finish

guest CODE

        vmcall
