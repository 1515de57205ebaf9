; VM function 63 is not defined.
; SDM vol. 3, "VM-Execution Control Fields"; appendix "VM Functions".

%include "scenario.inc"

scenario "VM entry refuses a reserved VM function"

        rule_in_part vm_function_bits_that_must_be_0
        needs   vm_functions
        page    CODE, at=0x1000, access=r-x
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_enable_vm_functions
        vmcs    VM_FUNCTION_CONTROLS, value=0
        twist   vmcs VM_FUNCTION_CONTROLS, set=1 << 63

        expect  refused_controls
        finish

guest CODE

never:  hlt
