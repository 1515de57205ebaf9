; An EPT violation becomes a #VE only where CR0.PE is 1.
; SDM vol. 3, "Convertible EPT Violations"; "Virtualization Exceptions".

%include "scenario.inc"

scenario "an EPT violation in real mode exits, and does not become a #VE"

        needs   ept_violation_ve
        page    CODE, at=0x1000, access=r-x
        page    INFO, at=0x5000, access=---
        page    DATA, at=0x6000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_ept_violation_ve
        vmcs    VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, page=INFO

        expect  ept_violation, gpa=DATA, access=read, rip=load
        holds   INFO + 4, dword=0
        finish

guest CODE, mode=real16

load:   mov     eax, [DATA]
        vmcall
