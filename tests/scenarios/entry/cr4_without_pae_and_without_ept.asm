; Without EPT an L0 keeps the guest's page tables itself, with a CR4 of its own, and yet has to look
; at that of the guest.
; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VM entry refuses an IA-32e mode guest without CR4.PAE, without EPT as well"

        rule    ia_32e_mode_without_pae
        page    CODE, at=0x1000, access=r-x
        vmcs    SECONDARY_CONTROLS, clear=SECONDARY_enable_ept | SECONDARY_unrestricted_guest
        twist   vmcs GUEST_CR4, clear=CR4_PAE

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
