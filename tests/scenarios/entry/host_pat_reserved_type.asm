; Types 2 and 3 are reserved in each byte of IA32_PAT.
; SDM vol. 3, "Checks on Host Control Registers, MSRs, and SSP".

%include "scenario.inc"

%define AFTER_RESET     0x0007040600070406  ; what IA32_PAT is then

scenario "VM entry refuses a host IA32_PAT with a memory type that is reserved"

        rule_in_part host_pat_reserved_type
        needs   load_host_pat
        page    CODE, at=0x1000, access=r-x
        vmcs    EXIT_CONTROLS, set=VM_EXIT_load_pat
        vmcs    HOST_IA32_PAT, value=AFTER_RESET
        twist   vmcs HOST_IA32_PAT, clear=4     ; of type 6, which leaves 2

        expect  refused_host_state
        finish

guest CODE

never:  hlt
