; SDM vol. 3, "Checks on Guest Segment Registers".

%include "scenario.inc"

scenario "VM entry refuses a guest CS that is unusable"

        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_CS_ACCESS_RIGHTS, value=0x10000

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
