; SDM vol. 3, "Activity State".

%include "scenario.inc"
%include "guest.inc"

%define HLT                1               ; an activity state

scenario "without NMI exiting an NMI wakes a guest that is entered in the HLT state"

        rule    halted_guest_wakes
        needs   activity_hlt
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    PIN_BASED_CONTROLS, clear=PIN_BASED_nmi_exiting
        vmcs    GUEST_ACTIVITY_STATE, value=HLT
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        twist   nmi
        untwisted vmcs GUEST_ACTIVITY_STATE, value=0

        expect  vmcall, rip=in_handler, GUEST_ACTIVITY_STATE=0
        otherwise vmcall, rip=CODE
        holds   STACK + PAGE_SIZE - 40, qword=CODE
        finish

guest CODE

        vmcall
handler:
        nop
in_handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    2, handler
