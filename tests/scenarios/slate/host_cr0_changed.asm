; SDM vol. 3, "Checks on Host Control Registers, MSRs, and SSP"; "Loading Host Control Registers,
; Debug Registers, MSRs".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry takes a HOST_CR0 without write protection"

        page    CODE, at=0x1000, access=r-x
        vmcs    HOST_CR0, clear=CR0_WP

        expect  vmcall, HOST_CR0=0|~CR0_WP?
        finish

guest CODE

        vmcall
