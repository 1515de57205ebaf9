; Types 2 and 3 are reserved in each byte of IA32_PAT.
; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"

%define AFTER_RESET     0x0007040600070406  ; what IA32_PAT is then

scenario "VM entry refuses a guest IA32_PAT with a memory type that is reserved"

        rule_in_part pat_reserved_type
        needs   load_pat
        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_CONTROLS, set=VM_ENTRY_load_pat
        vmcs    GUEST_IA32_PAT, value=AFTER_RESET
        twist   vmcs GUEST_IA32_PAT, clear=4    ; of type 6, which leaves 2

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
