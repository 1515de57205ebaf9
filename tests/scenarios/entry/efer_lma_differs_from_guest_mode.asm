; LME is 0 as well, so that it does not differ from LMA, which would be a fault of its own.
; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VM entry refuses a guest IA32_EFER whose LMA differs from 'IA-32e mode guest'"

        rule    efer_lma_differs_from_mode
        needs   load_efer
        page    CODE, at=0x1000, access=r-x
        vmcs    ENTRY_CONTROLS, set=VM_ENTRY_load_efer
        twist   vmcs GUEST_IA32_EFER, clear=EFER_LME | EFER_LMA

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
