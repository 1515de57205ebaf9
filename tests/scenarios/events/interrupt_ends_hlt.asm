; SDM vol. 3, "Other Causes of VM Exits"; "Architectural State Before a VM Exit".

%include "scenario.inc"
%include "guest.inc"

%define HLT                1               ; an activity state

scenario "an external interrupt ends a HLT that the guest has executed, and the HLT state is saved"

        rule    interrupt_exits_running_guest, halted_guest_wakes, halted_state_saved, hlt_exits
        needs   acknowledge_interrupt
        page    CODE, at=0x1000, access=r-x
        vmcs    PRIMARY_CONTROLS, clear=PRIMARY_hlt_exiting
        interrupt 0x40, after=50

        expect  external_interrupt, vector=0x40, rip=woken, rax=1, GUEST_ACTIVITY_STATE=HLT
        otherwise external_interrupt, vector=0x40, rip=woken, GUEST_ACTIVITY_STATE=0
        finish

guest CODE

        mov     eax, 1
        sti
        twist   hlt
        untwisted nop
woken:  jmp     woken
