; If bit 63 is 1 in the entry with which the translation ends, the violation exits.
; SDM vol. 3, "Convertible EPT Violations".

%include "scenario.inc"

%define SUPPRESS_VE     (1 << 63)

scenario "an EPT violation exits where the entry suppresses #VE"

        needs   ept_violation_ve
        page    CODE, at=0x1000, access=r-x
        page    INFO, at=0x5000, access=---
        page    DATA, at=0x6000, access=---, entry_bits=SUPPRESS_VE
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_ept_violation_ve
        vmcs    VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, page=INFO

        expect  ept_violation, gpa=DATA, access=read, allowed=---, rip=load
        holds   INFO, dword=0
        finish

guest CODE

load:   mov     rax, [DATA]
        vmcall
