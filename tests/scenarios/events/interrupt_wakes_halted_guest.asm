; SDM vol. 3, "Activity State".

%include "scenario.inc"
%include "guest.inc"

%define HLT                1               ; an activity state

scenario "an interrupt that does not exit wakes a guest that is entered in the HLT state"

        rule    halted_guest_wakes, interrupt_pending_at_entry
        needs   activity_hlt, preemption_timer
        page    CODE, at=0x1000, access=r-x
        event_tables
        vmcs    GUEST_ACTIVITY_STATE, value=HLT
        set     rflags, RFLAGS_FIXED | RFLAGS_IF
        vmcs    PIN_BASED_CONTROLS, clear=PIN_BASED_external_interrupt_exiting
        twist   interrupt 0x40
        untwisted vmcs GUEST_ACTIVITY_STATE, value=0

        expect  vmcall, rip=handler, GUEST_ACTIVITY_STATE=0
        otherwise vmcall, rip=CODE
        holds   STACK + PAGE_SIZE - 40, qword=CODE
        finish

guest CODE

        vmcall
handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    0x40, handler
