; SDM vol. 3, "Checks on Guest Control Registers, Debug Registers, and MSRs".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VM entry refuses a guest IA32_EFER whose LME differs from LMA while CR0.PG is 1"

        rule_in_part efer_lme_differs_from_lma
        needs   load_efer
        page    CODE, at=0x1000, access=r-x
        twist   vmcs GUEST_IA32_EFER, clear=EFER_LME

        expect  invalid_guest_state, qualification=0, rip=never
        finish

guest CODE

never:  hlt
