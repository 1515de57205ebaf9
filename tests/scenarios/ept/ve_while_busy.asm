; The 32 bits at offset 4 of the area are not 0 until the guest has read the last information.
; SDM vol. 3, "Convertible EPT Violations".

%include "scenario.inc"

scenario "an EPT violation exits while the #VE information area is busy"

        needs   ept_violation_ve
        page    CODE, at=0x1000, access=r-x
        page    INFO, at=0x5000, access=---
        page    DATA, at=0x6000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_ept_violation_ve
        vmcs    VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, page=INFO

        expect  ept_violation, gpa=DATA, access=read, allowed=---, rip=load
        holds   INFO, dword=0
        finish

guest CODE

load:   mov     rax, [DATA]
        vmcall

contents INFO

        dd      0, 1
