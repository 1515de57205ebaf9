; SDM vol. 3, "Checks on Host Control Registers, MSRs, and SSP".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VM entry refuses a host IA32_EFER whose LME differs from the address-space size"

        rule    host_efer_lme
        needs   load_host_efer
        page    CODE, at=0x1000, access=r-x
        vmcs    EXIT_CONTROLS, set=VM_EXIT_load_efer
        twist   vmcs HOST_IA32_EFER, clear=EFER_LME

        expect  refused_host_state
        finish

guest CODE

never:  hlt
