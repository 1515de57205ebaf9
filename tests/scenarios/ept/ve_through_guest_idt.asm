; For the guest a convertible EPT violation is exception 20, without an error code.
; SDM vol. 3, "Convertible EPT Violations"; "Delivery of Virtualization Exceptions".

%include "scenario.inc"
%include "guest.inc"

%define TOP             STACK + PAGE_SIZE

scenario "an EPT violation that becomes a #VE goes through the guest's IDT"

        needs   ept_violation_ve
        page    CODE, at=0x1000, access=r-x
        event_tables
        page    INFO, at=0x5000, access=---
        page    DATA, at=0x6000, access=---
        vmcs    EXCEPTION_BITMAP, clear=1 << VECTOR_VE
        vmcs    SECONDARY_CONTROLS, set=SECONDARY_ept_violation_ve
        vmcs    VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS, page=INFO

        expect  vmcall, rip=handler, rsp=TOP-40
        holds   TOP-40, qword=load
        finish

guest CODE

        nop
load:   mov     rax, [DATA]

handler:
        vmcall

contents GDT
        dq      0, CODE_64, FLAT_DATA
contents IDT
        gate    VECTOR_VE, handler
