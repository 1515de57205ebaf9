; Only an unrestricted guest may run without paging.  All else is right for this guest of 32 bits.
; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs"; "VM-Execution Control
; Fields" (unrestricted guest).

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry refuses a guest without paging unless it is unrestricted"

        rule_in_part cr0_bits_fixed_to_1
        needs   load_efer
        page    CODE, at=0x1000, access=r-x
        guest_of_32_bits
        twist   vmcs GUEST_CR0, clear=CR0_PG

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
