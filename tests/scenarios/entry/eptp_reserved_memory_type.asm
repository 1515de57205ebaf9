; SDM vol. 3, "VM-Execution Control Fields".

%include "scenario.inc"

scenario "VM entry refuses an EPT pointer with a reserved memory type"

        rule_in_part eptp_memory_type
        page    CODE, at=0x1000, access=r-x
        twist   vmcs EPT_POINTER, clear=7
        twist   vmcs EPT_POINTER, set=2

        expect  refused_controls
        finish

guest CODE

never:  hlt
