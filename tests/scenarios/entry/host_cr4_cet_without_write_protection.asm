; CR4.CET counts whether or not the control "load CET state" of VM exits is 1.
; SDM vol. 3, "Checks on Host Control Registers, MSRs, and SSP".

%include "scenario.inc"
%include "kernel/bits.inc"

scenario "VM entry refuses a host with CR4.CET and without CR0.WP"

        rule    host_cet_without_wp
        needs   cet
        page    CODE, at=0x1000, access=r-x
        vmcs    HOST_CR4, set=CR4_CET
        twist   vmcs HOST_CR0, clear=CR0_WP

        expect  refused_host_state
        finish

guest CODE

never:  hlt
