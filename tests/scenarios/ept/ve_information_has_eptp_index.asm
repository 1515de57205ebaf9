; The information contains the EPTP index of the VMCS, which tells the guest what EPT was in use.
; SDM vol. 3, "Virtualization-Exception Information"; "Controls for Virtualization Exceptions".

%include "scenario.inc"

%define VE      20

scenario "the information of a #VE holds the EPTP index"

        needs   ept_violation_ve
        page    CODE, at=0x1000, access=r-x
        page    INFO, at=0x5000, access=---
        page    DATA, at=0x6000, access=---
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_ept_violation_ve
        vmcs    VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, page=INFO
        vmcs    EPTP_INDEX, value=0x123

        expect  exception_or_nmi, vector=VE, rip=load
        holds   INFO + 32, word=0x123
        finish

guest CODE

load:   mov     rax, [DATA]
        vmcall
