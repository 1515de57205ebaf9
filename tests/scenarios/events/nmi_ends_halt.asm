; SDM vol. 3, "Other Causes of VM Exits"; "Interruptibility State".

%include "scenario.inc"
%include "guest.inc"

%define HLT                1               ; an activity state

scenario "an NMI exits from the activity state HLT, which is saved"

        rule    nmi_exits, halted_guest_wakes, halted_state_saved
        needs   activity_hlt
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_ACTIVITY_STATE, value=HLT
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        twist   nmi
        untwisted vmcs GUEST_ACTIVITY_STATE, value=0

        expect  exception_or_nmi, EXIT_INTERRUPTION_INFORMATION=NMI, rip=CODE, \
                GUEST_ACTIVITY_STATE=HLT
        otherwise vmcall
        finish

guest CODE

        vmcall
