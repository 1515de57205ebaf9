; If the walk reaches the page's own entry, only the suppress bit of that entry counts.  This holds
; even where an entry above it refuses the access.
; SDM vol. 3, "Convertible EPT Violations".

%include "scenario.inc"
%include "guest.inc"

%define SUPPRESS_VE     (1 << 63)

scenario "the suppress bit of an entry that leads to a table is ignored"

        needs   ept_violation_ve
        page    CODE, at=0x1000,   access=r-x
        page    INFO, at=0x5000,   access=---
        page    DATA, at=0x400000, access=rw-
        entry   DATA, level=pd, access=r--, set=SUPPRESS_VE
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_ept_violation_ve
        vmcs    VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, page=INFO

        expect  exception_or_nmi, vector=VECTOR_VE, rip=store
        holds   INFO + 24, qword=DATA
        finish

guest CODE

store:  mov     [DATA], rax
        vmcall
