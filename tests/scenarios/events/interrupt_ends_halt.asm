; SDM vol. 3, "Activity State"; "Architectural State Before a VM Exit".

%include "scenario.inc"
%include "guest.inc"

%define HLT                1               ; an activity state

scenario "an external interrupt exits from the activity state HLT, which is saved"

        rule    external_interrupt_exits, interrupt_pending_at_entry, halted_guest_wakes
        rule    halted_state_saved
        needs   activity_hlt, acknowledge_interrupt
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_ACTIVITY_STATE, value=HLT
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        twist   interrupt 0x40
        untwisted vmcs GUEST_ACTIVITY_STATE, value=0

        expect  external_interrupt, vector=0x40, rip=CODE, GUEST_ACTIVITY_STATE=HLT
        otherwise vmcall, rip=CODE
        finish

guest CODE

        vmcall
