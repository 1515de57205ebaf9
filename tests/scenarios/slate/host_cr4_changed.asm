; SDM vol. 3, "Checks on Host Control Registers, MSRs, and SSP"; "Loading Host Control Registers,
; Debug Registers, MSRs".

%include "scenario.inc"
%include "guest.inc"

scenario "VM entry takes a HOST_CR4 that keeps the time-stamp counter from user mode"

        page    CODE, at=0x1000, access=r-x
        vmcs    HOST_CR4, set=CR4_TSD

        expect  vmcall, HOST_CR4=CR4_TSD|~CR4_TSD?
        finish

guest CODE

        vmcall
