; Processors that offer #VE write VMFUNC's index to the VMCS, where the next #VE finds it.
; SDM vol. 3, "EPTP Switching"; "Virtualization-Exception Information".

%include "scenario.inc"
%include "guest.inc"

scenario "VMFUNC writes the EPTP index, which the next #VE tells"

        needs   vm_functions, eptp_switching, ept_violation_ve
        switchable_views
        page    CODE, at=0x1000, access=r-x
        page    INFO, at=0x5000, access=---
        page    DATA, at=0x6000, access=r--
        entry   DATA, level=pt, access=---, view=1
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_ept_violation_ve
        vmcs    VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, page=INFO

        expect  exception_or_nmi, vector=VECTOR_VE, rip=load, view=1, EPTP_INDEX=1
        holds   INFO + 24, qword=DATA
        holds   INFO + 32, word=1
        finish

guest CODE

        switch_view 1
load:   mov     rax, [DATA]
        vmcall
