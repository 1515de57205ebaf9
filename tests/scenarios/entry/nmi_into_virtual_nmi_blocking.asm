; SDM vol. 3, "Checks on Guest Non-Register State".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses the injection of an NMI into virtual-NMI blocking"

        rule    nmi_with_virtual_nmi_blocking
        needs   virtual_nmis
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_virtual_nmis
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=NMI
        twist   vmcs GUEST_INTERRUPTIBILITY_STATE, value=8

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
