; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses NMI-window exiting without virtual NMIs"

        rule    nmi_window_without_virtual_nmis
        page    CODE, at=0x1000, access=r-x
        vmcs    PIN_BASED_CONTROLS, clear=PIN_BASED_virtual_nmis
        twist   vmcs PRIMARY_CONTROLS, set=PRIMARY_nmi_window_exiting

        expect  refused_controls
        finish

guest CODE

never:  hlt
