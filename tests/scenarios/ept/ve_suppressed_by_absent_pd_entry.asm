; If the walk ends above the page's own entry, bit 63 of the entry where it ends decides.
; SDM vol. 3, "Convertible EPT Violations".

%include "scenario.inc"
%include "guest.inc"

%define SUPPRESS_VE     (1 << 63)

scenario "the suppress bit of a PD entry that is not present keeps its violations from being #VE"

        needs   ept_violation_ve
        page    CODE, at=0x1000,   access=r-x
        page    INFO, at=0x5000,   access=---
        page    DATA, at=0x400000, access=rw-
        entry   DATA, level=pd, access=---, set=SUPPRESS_VE
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_ept_violation_ve
        vmcs    VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, page=INFO

        expect  ept_violation, gpa=DATA, access=read, allowed=---, rip=load
        entry   DATA, level=pd, access=---, clear=SUPPRESS_VE
        resume
        expect  exception_or_nmi, vector=VECTOR_VE, rip=load
        holds   INFO + 24, qword=DATA
        finish

guest CODE

load:   mov     rax, [DATA]
        vmcall
