; SDM vol. 3, "Checks on Guest Non-Register State".

%include "scenario.inc"

scenario "VM entry refuses blocking by SMI outside of SMM"

        rule    blocking_by_smi_outside_smm
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_INTERRUPTIBILITY_STATE, value=4

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
