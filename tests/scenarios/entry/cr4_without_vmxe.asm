; In VMX operation CR4.VMXE is fixed to 1, for the guest as well.
; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VM entry refuses a guest CR4 without VMXE"

        rule_in_part cr4_bits_fixed_to_1
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_CR4, clear=CR4_VMXE

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
