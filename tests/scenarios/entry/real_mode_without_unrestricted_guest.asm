; CR0.PG is 0 as well, which such a guest may not have either: paging without protection would break
; another rule.
; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs"; "VM-Execution Control
; Fields" (unrestricted guest).

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses a guest in real mode unless it is unrestricted"

        rule_in_part cr0_bits_fixed_to_1
        needs   load_efer
        page    CODE, at=0x1000, access=r-x
        guest_of_32_bits
        twist   vmcs GUEST_CR0, clear=CR0_PG | CR0_PE

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
