; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses virtual NMIs without NMI exiting"

        rule    virtual_nmis_without_nmi_exiting
        needs   virtual_nmis
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, set=PIN_BASED_virtual_nmis
        twist   vmcs PIN_BASED_CONTROLS, clear=PIN_BASED_nmi_exiting

        expect  refused_controls
        finish

guest CODE

never:  hlt
