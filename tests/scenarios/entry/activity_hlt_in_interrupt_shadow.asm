; SDM vol. 3, "Checks on Guest Non-Register State".

%include "scenario.inc"
%include "kernel/bits.inc"

%define HLT             1
%define BLOCKING_BY_STI 1

scenario "VM entry refuses a halted guest that blocks by STI"

        rule    inactive_with_blocking_by_sti
        needs   activity_hlt
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_RFLAGS,                set=RFLAGS_IF
        vmcs    GUEST_INTERRUPTIBILITY_STATE, value=BLOCKING_BY_STI
        twist   vmcs GUEST_ACTIVITY_STATE,    value=HLT

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
