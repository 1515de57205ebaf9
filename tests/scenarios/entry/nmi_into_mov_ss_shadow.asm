; SDM vol. 3, "Checks on Guest Non-Register State".

%include "scenario.inc"

%define NMI             0x80000202      ; valid, NMI, vector 2

scenario "VM entry refuses the injection of an NMI into the shadow of MOV SS"

        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_INTERRUPTIBILITY_STATE, value=2
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=NMI

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
