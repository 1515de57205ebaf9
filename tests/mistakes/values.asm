%include "scenario.inc"

scenario "an observable is expected where an exit reports it, and set where there is a register"

        page    CODE, at=0x1000, access=r-x
        set     gpa, 1
        set     rax
        vmcs    EXIT_REASON, value=1
        vmcs    GUEST_CR4, 1
        vmcs    GUEST_CR4, plus=1
        vmcs    GUEST_CR4
        expect
        resume
        expect  cpuid, gpa=CODE
        resume
        expect  ept_violation, port=0x60, vector=14
        resume
        expect  vmcall, rax
        resume
        expect  vmcall, rax=
        resume
        expect  vmcall, =1
        resume
        expect  vmcall, rax=1?, GUEST_CR3=|2?
        vmcs    GUEST_CR3, page=CODE
        vmcs    VMCALL,    page=CODE
        vmcs    PML_ADDRESS, page=LOG
        vmcs    PML_ADDRESS, page=0x1000
        finish

guest CODE
        vmcall
