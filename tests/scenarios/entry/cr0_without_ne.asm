; CR0.NE is fixed to 1 in VMX operation.
; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VM entry refuses a guest CR0 without NE"

        rule_in_part cr0_bits_fixed_to_1
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_CR0, clear=CR0_NE

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
