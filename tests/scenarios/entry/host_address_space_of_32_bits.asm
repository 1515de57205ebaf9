; All else is right for a host of 32 bits: the guest has 32 bits as well, and no VM exit loads an
; IA32_EFER whose LMA would differ.
; SDM vol. 3, "Checks Related to Address-Space Size".

%include "scenario.inc"

scenario "VM entry refuses to leave for a 32-bit host from a 64-bit one"

        rule    host_address_space_of_32_bits
        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_CONTROLS, clear=VM_ENTRY_load_efer
        vmcs    EXIT_CONTROLS,  clear=VM_EXIT_load_efer
        twist   vmcs EXIT_CONTROLS, clear=VM_EXIT_host_address_space_size

        expect  refused_host_state
        finish

guest CODE, mode=pae

never:  hlt
