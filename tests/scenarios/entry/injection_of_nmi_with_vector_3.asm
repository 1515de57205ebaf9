; SDM vol. 3, "VM-Entry Control Fields".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses the injection of an NMI with vector 3"

        rule    injection_vector_of_nmi
        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=NMI
        twist   vmcs ENTRY_INTERRUPTION_INFORMATION, set=1 << 0

        expect  refused_controls
        finish

guest CODE

never:  hlt
