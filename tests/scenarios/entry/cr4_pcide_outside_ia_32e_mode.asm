; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VM entry refuses CR4.PCIDE outside of IA-32e mode"

        rule    cr4_pcide_outside_ia_32e_mode
        needs   pcid
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_CR4, set=CR4_PCIDE

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE, mode=pae

never:  hlt
