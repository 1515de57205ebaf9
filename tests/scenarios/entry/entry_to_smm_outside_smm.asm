; SDM vol. 3, "VM-Entry Control Fields".

%include "scenario.inc"

scenario "VM entry refuses an entry to SMM from outside of SMM"

        rule    entry_to_smm_outside_smm
        page    CODE, at=0x1000, access=r-x
        twist   vmcs ENTRY_CONTROLS, set=VM_ENTRY_entry_to_smm

        expect  refused_controls
        finish

guest CODE

never:  hlt
