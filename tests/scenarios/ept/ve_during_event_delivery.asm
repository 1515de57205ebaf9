; While an event is being delivered, an EPT violation does not become a #VE.
; SDM vol. 3, "Convertible EPT Violations".

%include "scenario.inc"

scenario "an EPT violation during the delivery of an exception exits, and does not become a #VE"

        needs   ept_violation_ve
        page    CODE, at=0x1000, access=r-x
        page    IDT,  at=0x3000, access=---
        page    INFO, at=0x5000, access=---
        vmcs    GUEST_IDTR_BASE,  value=IDT
        vmcs    GUEST_IDTR_LIMIT, value=0xfff
        vmcs    EXCEPTION_BITMAP, clear=1 << 6
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_ept_violation_ve
        vmcs    VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, page=INFO

        expect  ept_violation, gpa=IDT + 16 * 6, access=read, rip=bad, \
                IDT_VECTORING_INFORMATION=0x80000306|1<<12?
        holds   INFO, dword=0
        finish

guest CODE

bad:    ud2
