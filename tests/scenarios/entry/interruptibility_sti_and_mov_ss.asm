; SDM vol. 3, "Checks on Guest Non-Register State".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VM entry refuses blocking by STI and by MOV SS at once"

        rule    blocking_by_sti_and_mov_ss
        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_RFLAGS, set=RFLAGS_IF
        vmcs    GUEST_INTERRUPTIBILITY_STATE, value=1
        twist   vmcs GUEST_INTERRUPTIBILITY_STATE, set=2

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
