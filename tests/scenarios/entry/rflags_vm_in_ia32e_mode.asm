; SDM vol. 3, "Checks on Guest RIP, RFLAGS, and SSP".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VM entry refuses virtual-8086 mode for an IA-32e mode guest"

        page    CODE, at=0x1000, access=r-x
        vmcs    GUEST_RFLAGS, set=RFLAGS_VM

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
