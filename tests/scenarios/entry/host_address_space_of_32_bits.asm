; SDM vol. 3, "Checks Related to Address-Space Size".

%include "scenario.inc"

scenario "VM entry refuses to leave for a 32-bit host from a 64-bit one"

        page    CODE, at=0x1000, access=r-x
        vmcs    EXIT_CONTROLS, clear=VM_EXIT_host_address_space_size

        expect  refused_host_state
        finish

guest CODE

never:  hlt
