; SDM vol. 3, "VM-Entry Control Fields".

%include "scenario.inc"

scenario "VM entry refuses the injection of an event of type 1"

        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_INTERRUPTION_INFORMATION, value=0x80000130

        expect  refused_controls
        finish

guest CODE

never:  hlt
