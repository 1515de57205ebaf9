; Only EPT violations can become a #VE, EPT misconfigurations cannot.
; SDM vol. 3, "Convertible EPT Violations".

%include "scenario.inc"

scenario "an EPT misconfiguration exits even where violations become #VE"

        needs   ept_violation_ve
        page    CODE, at=0x1000, access=r-x
        page    INFO, at=0x5000, access=---
        page    DATA, at=0x6000, access=-w-
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_ept_violation_ve
        vmcs    VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, page=INFO

        expect  ept_misconfig, gpa=DATA, rip=load
        holds   INFO, dword=0
        finish

guest CODE

load:   mov     rax, [DATA]
        vmcall
